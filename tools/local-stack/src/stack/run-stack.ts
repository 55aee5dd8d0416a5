import { onStopSignal } from '../on-stop-signal.ts';
import { stackTable } from './stack-table.ts';
import { type StackOptions, startStack } from './start-stack.ts';

/** Runs the stack until a signal comes or a part ends unasked. Returns the exit code. */
export async function runStack(options: StackOptions): Promise<number> {
  const stack = await startStack(options);
  // Before the table, which says that Ctrl-C works.
  const signal = waitForSignal();
  options.write(stackTable(stack));
  const reason = await Promise.race([signal, stack.failed]);
  const isAsked = reason === 'signal';
  options.write(isAsked ? '\nstopping …\n' : `\n${reason} has ended, stopping the rest …\n`);
  await stack.stop();
  options.write('stopped\n');
  return isAsked ? 0 : 1;
}

function waitForSignal(): Promise<'signal'> {
  return new Promise((resolve) => onStopSignal(['SIGINT', 'SIGTERM', 'SIGHUP'], () => resolve('signal')));
}
