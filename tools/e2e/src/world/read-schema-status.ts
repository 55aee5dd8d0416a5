import { checkSucceeded } from '../check.ts';
import type { World } from './world.ts';

/** What `migrate status --json` says. */
export interface SchemaStatus {
  /** Number of the newest migration that the database has. */
  readonly head: number;
  /** How many migrations of the image it lacks. */
  readonly pending: number;
  readonly migrations: readonly { readonly name: string; readonly state: string }[];
}

/** Asks the agent that runs how far the schema is, by the migrations of its own image. */
export async function readSchemaStatus({
  kubectl,
  release,
}: Pick<World, 'kubectl' | 'release'>): Promise<SchemaStatus> {
  const command = ['node', '/app/bin/main.mjs', 'migrate', 'status', '--json'];
  const result = await kubectl(['exec', `deployment/${release}`, '--container', 'agent', '--', ...command]);
  return JSON.parse(checkSucceeded(result).stdout);
}
