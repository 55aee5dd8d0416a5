import { checkSucceeded, checkThat } from '../../check.ts';
import { queryDatabase } from '../../world/query-database.ts';
import type { World } from '../../world/world.ts';

const pod = 'task-api-postgresql-0';
/** A process of the server that is as old as its last recovery. */
const checkpointer = "select pid from pg_stat_activity where backend_type = 'checkpointer'";

/** Kills every process of the server but the first, which throws its memory away and recovers from the log. */
export async function crashDatabase(world: World): Promise<void> {
  const before = await askPid(world);
  checkSucceeded(await world.kubectl(['exec', pod, '--', 'bash', '-c', 'kill -KILL -1']));
  await world.eventually('PostgreSQL to have recovered', async () => {
    const after = await queryDatabase(world, checkpointer);
    checkThat(after !== before, 'the checkpointer of PostgreSQL', { expected: `not ${before}`, actual: after });
  });
}

/** It may be on its way up from the kill before. */
function askPid(world: World): Promise<string> {
  return world.eventually('PostgreSQL to answer', () => queryDatabase(world, checkpointer));
}
