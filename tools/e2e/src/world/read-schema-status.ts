import { checkSucceeded, checkThat } from '../check.ts';
import { agentLabels, findStaying } from './agent-pods.ts';
import type { World } from './world.ts';

/** What `migrate status --json` says. */
export interface SchemaStatus {
  /** Number of the newest migration that the database has. */
  readonly head: number;
  /** How many migrations of the image it lacks. */
  readonly pending: number;
  readonly migrations: readonly { readonly name: string; readonly state: string }[];
}

/** Asks an agent of the release how far the schema is, by the migrations of its image. */
export async function readSchemaStatus({
  kubectl,
  objects,
  release,
}: Pick<World, 'kubectl' | 'objects' | 'release'>): Promise<SchemaStatus> {
  const { spec } = await objects.get('Deployment', release);
  const pods = await objects.list('Pod', agentLabels);
  const pod = findStaying(pods, spec?.template.spec?.containers[0]?.image ?? '');
  checkThat(pod, 'agents to ask for the schema', {
    expected: 'one that runs the image of the release and stays',
    actual: `none of ${pods.length}`,
  });
  const command = ['node', '/app/bin/main.mjs', 'migrate', 'status', '--json'];
  const result = await kubectl(['exec', pod, '--container', 'agent', '--', ...command]);
  return JSON.parse(checkSucceeded(result).stdout);
}
