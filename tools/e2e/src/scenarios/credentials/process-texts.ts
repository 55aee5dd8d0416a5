import type { V1Pod } from '@kubernetes/client-node';
import { checkSucceeded, checkThat } from '../../check.ts';
import type { World } from '../../world/world.ts';
import type { PublicText } from './find-leaks.ts';

/** Command lines of all processes, again and again for longer than the time between two probes, which are commands too. */
const listWithShell = `
i=0
while [ $i -lt 60 ]; do
  for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <"$file" 2>/dev/null; echo; done
  sleep 0.1
  i=$((i + 1))
done | sort -u`;

/** The agent has no shell. Its environment counts as well: the chart promises that it holds no password. */
const listWithNode = `
const { readdirSync, readFileSync } = require('node:fs');
const pids = readdirSync('/proc').filter((name) => /^\\d+$/.test(name));
for (const pid of pids) for (const file of ['cmdline', 'environ']) {
  try { console.log(readFileSync('/proc/' + pid + '/' + file, 'utf8').replaceAll('\\0', '\\n')); } catch {}
}`;

interface Look {
  readonly command: readonly string[];
  /** A program that the list names if it is one. */
  readonly program: RegExp;
}

/** How to look into the pods of each component of the release, by the label that names it. */
const looks: Readonly<Record<string, Look>> = {
  postgresql: { command: ['sh', '-c', listWithShell], program: /postgres/ },
  redis: { command: ['sh', '-c', listWithShell], program: /redis-server/ },
  'task-api': { command: ['node', '-e', listWithNode], program: /main\.mjs/ },
};

/** The process list of every container of the release that runs. */
export async function processTexts({ objects, kubectl, release }: World): Promise<readonly PublicText[]> {
  const pods = await objects.list('Pod', { 'app.kubernetes.io/instance': release });
  return Promise.all(pods.filter(isServing).map((pod) => processText(pod, kubectl)));
}

function isServing({ status, metadata }: V1Pod): boolean {
  return status?.phase === 'Running' && metadata?.deletionTimestamp === undefined;
}

async function processText({ metadata }: V1Pod, kubectl: World['kubectl']): Promise<PublicText> {
  const look = looks[metadata?.labels?.['app.kubernetes.io/name'] ?? ''];
  const place = `the processes of ${metadata?.name}`;
  checkThat(look !== undefined, place, { expected: 'a component that is known', actual: metadata?.labels });
  const { command = [], program = /./ } = look ?? {};
  const { stdout } = checkSucceeded(await kubectl(['exec', metadata?.name ?? '', '--', ...command]));
  checkThat(program.test(stdout), place, { expected: `${program} among them`, actual: stdout });
  return { place, text: stdout };
}
