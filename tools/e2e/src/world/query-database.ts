import { checkSucceeded } from '../check.ts';
import type { World } from './world.ts';

export interface QueryOptions {
  /** @default the standalone server, `task-api-postgresql-0` */
  readonly pod?: string;
}

const asAgent = 'PGPASSWORD="$POSTGRES_PASSWORD" exec psql -U agent -d agent -X -v ON_ERROR_STOP=1 -t -A -f -';

/** Runs SQL as the agent's user inside the pod of PostgreSQL; returns lines of columns that `|` divides. */
export async function queryDatabase(
  { kubectl }: Pick<World, 'kubectl'>,
  statement: string,
  { pod = 'task-api-postgresql-0' }: QueryOptions = {},
): Promise<string> {
  const result = await kubectl(['exec', '--stdin', pod, '--', 'sh', '-c', asAgent], { input: statement });
  return checkSucceeded(result).stdout.trim();
}
