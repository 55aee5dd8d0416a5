import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { V1ConfigMap, V1Pod } from '@kubernetes/client-node';

/** Label of the pods that the suite itself starts; its value says what for. */
export const roleLabel = 'task-api-e2e/role';

const programsName = 'e2e-programs';
const programsPath = '/e2e';
const programsFolder = join(import.meta.dirname, '../load/program');

export interface ProgramPod {
  readonly name: string;
  readonly role: string;
  readonly image: string;
  /** File of the programs, with its arguments. */
  readonly program: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** @default wherever there is room */
  readonly node?: string;
}

/** The programs that run inside the cluster, as they stand in this package: Node 24 runs TypeScript. */
export async function programsConfigMap(): Promise<V1ConfigMap> {
  const names = (await readdir(programsFolder)).filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(programsFolder, name), 'utf8')));
  const data = Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: programsName }, data };
}

/** A pod on the agent's image, which has Node, that meets Pod Security "restricted". */
export function programPod({ name, role, image, program, env = {}, labels = {}, node }: ProgramPod): V1Pod {
  const [file = '', ...args] = program;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { ...labels, [roleLabel]: role } },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(node === undefined ? {} : { nodeName: node }),
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'program',
          image,
          command: ['node', '--disable-warning=ExperimentalWarning', `${programsPath}/${file}`, ...args],
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ name: 'programs', mountPath: programsPath, readOnly: true }],
        },
      ],
      volumes: [{ name: 'programs', configMap: { name: programsName } }],
    },
  };
}
