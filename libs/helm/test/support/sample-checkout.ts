import { execFileSync } from 'node:child_process';
import { temporaryDirectory } from './temporary-directory.ts';
import { writeFiles } from './write-files.ts';

/** A git repository with a chart `task-api` that depends on a chart `store`, which a mirror stands in for. */
export function sampleCheckout(): string {
  const root = temporaryDirectory();
  writeFiles(root, { ...parentChart, ...mirrorChart });
  git(root, 'init', '--quiet');
  commit(root);
  return root;
}

/** Commits everything and returns the commit. */
export function commit(root: string): string {
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '-m', 'change');
  return git(root, 'rev-parse', 'HEAD').trim();
}

export const storeVersion = '1.2.3';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
}

const parentChart = {
  'charts/task-api/Chart.yaml': `apiVersion: v2
name: task-api
version: 0.1.0
dependencies:
  - name: store
    version: ${storeVersion}
    repository: oci://127.0.0.1:1/charts
`,
  'charts/task-api/Chart.lock': `dependencies:
- name: store
  repository: oci://127.0.0.1:1/charts
  version: ${storeVersion}
digest: sha256:0
generated: "2026-01-01T00:00:00Z"
`,
  'charts/task-api/.helmignore': 'test/\n*.md\n',
  'charts/task-api/README.md': '# task-api\n',
  'charts/task-api/test/render.txt': 'not part of the chart\n',
  'charts/task-api/values.yaml': 'greeting: hello\nlimit: 1\n',
  'charts/task-api/values.schema.json': JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    properties: {
      greeting: { type: 'string' },
      limit: { type: 'integer', maximum: 10 },
      isUpgrade: { type: 'boolean' },
      global: { type: 'object' },
      store: { type: 'object' },
      postgresql: { type: 'object' },
    },
  }),
  'charts/task-api/templates/greeting.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  greeting: {{ .Values.greeting | quote }}
  upgrade: {{ .Release.IsUpgrade | quote }}
  password: {{ dig "postgresql" "auth" "password" "none" (.Values | merge (dict)) }}
  {{- if eq .Values.greeting "rude" }}
  {{- fail "greeting is rude; be kind" }}
  {{- end }}
`,
};

const mirrorChart = {
  'charts/mirror/store/Chart.yaml': `apiVersion: v2\nname: store\nversion: ${storeVersion}\n`,
  'charts/mirror/store/templates/store.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-store
data: { lane: mirror }
`,
};
