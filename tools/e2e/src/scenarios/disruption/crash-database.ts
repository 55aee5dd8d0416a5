import { checkSucceeded, checkThat } from '../../check.ts';
import { queryDatabase } from '../../world/query-database.ts';
import type { World } from '../../world/world.ts';

const pod = 'task-api-postgresql-0';
/** A process of the server that is as old as its last recovery; the agent's user may not ask SQL for it. */
const findCheckpointer = 'grep --text --files-with-matches "^postgres: [c]heckpointer" /proc/[0-9]*/cmdline';

/** Kills every process of the server but the first, which throws its memory away and recovers from the log. */
export async function crashDatabase(world: World): Promise<void> {
  const before = await checkpointerOf(world);
  checkSucceeded(await world.kubectl(['exec', pod, '--', 'bash', '-c', 'kill -KILL -1']));
  await world.eventually('PostgreSQL to have recovered', async () => {
    const after = await checkpointerOf(world);
    checkThat(after !== before, 'the checkpointer of PostgreSQL', { expected: `not ${before}`, actual: after });
    await queryDatabase(world, 'select 1');
  });
}

/** It may be on its way up from the kill before. */
function checkpointerOf({ kubectl, eventually }: World): Promise<string> {
  return eventually('PostgreSQL to run', async () =>
    checkSucceeded(await kubectl(['exec', pod, '--', 'bash', '-c', findCheckpointer])).stdout.trim(),
  );
}
