import { checkEqual } from '../../check.ts';
import type { World } from '../../world/world.ts';
import type { Execute, Situation } from './situation.ts';
import { agentSituations } from './situations/agent-situations.ts';
import { databaseSituations } from './situations/database-situations.ts';
import { migrationSituations } from './situations/migration-situations.ts';
import { passwordSituations } from './situations/password-situations.ts';

const start: Situation = {
  title: 'somebody opens the runbooks',
  blocks: ['docs/runbooks/README.md#runbooks'],
  run: readVariables,
};

/** The situations of `docs/runbooks`, in an order in which one leaves a sound release to the next. */
export const runbookSituations: readonly Situation[] = [
  start,
  ...agentSituations,
  ...databaseSituations,
  ...migrationSituations,
  ...passwordSituations,
];

async function readVariables(_: World, execute: Execute): Promise<void> {
  const { stdout } = await execute('docs/runbooks/README.md#runbooks', { afterwards: 'echo "$NAMESPACE $RELEASE"' });
  checkEqual(stdout.trim(), 'task-api-prod task-api', 'the two variables of the runbooks');
}
