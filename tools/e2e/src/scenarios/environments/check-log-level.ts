import { checkEqual, checkSucceeded } from '../../check.ts';
import type { World } from '../../world/world.ts';

/** The numbers by which the agent writes its levels. */
const levels: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** That the agent's log holds nothing less severe than it should. */
export async function checkLogLevel({ kubectl, release }: World, logLevel: string): Promise<void> {
  const selector = `app.kubernetes.io/instance=${release},app.kubernetes.io/component=agent`;
  const command = ['logs', '--selector', selector, '--container', 'agent', '--tail=-1'];
  const { stdout } = checkSucceeded(await kubectl(command));
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const tooChatty = lines.filter((line) => numberOf(line) < (levels[logLevel] ?? 0));
  checkEqual(tooChatty, [], `lines of the agent's log below ${logLevel}`);
}

function numberOf(line: string): number {
  // The log is the agent's own, one object a line.
  const { level }: { readonly level: number | string } = JSON.parse(line);
  return typeof level === 'number' ? level : (levels[level] ?? 0);
}
