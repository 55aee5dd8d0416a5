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

/** npm passes on the Ctrl-C that the terminal has sent to us as well. */
const sameSignalMs = 500;

/** A second signal ends this process at once; the servers end with it. */
function waitForSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const end = () => {
        resolve('signal');
        setTimeout(() => process.off(signal, end), sameSignalMs).unref();
      };
      process.on(signal, end);
    }
  });
}
