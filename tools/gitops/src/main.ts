import { enableCompileCache } from 'node:module';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const terminatedExitCode = 143;
const showCursor = '\u001b[?25h';

const onInterrupt = (): never => interrupt(exitCodes.interrupted);
const onTerminate = (): never => interrupt(terminatedExitCode);
process.once('SIGINT', onInterrupt);
process.once('SIGTERM', onTerminate);
process.stdout.on('error', endWhenNobodyReads);

enableCompileCache();
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  takeOverSignals() {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  },
});

/** Files are written in one synchronous go, so a signal finds either none or all of them written. */
function interrupt(exitCode: ExitCode | typeof terminatedExitCode): never {
  process.stderr.write(`${process.stderr.isTTY ? showCursor : ''}\ninterrupted; nothing is left half-written\n`);
  process.exit(exitCode);
}

function endWhenNobodyReads(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit();
  throw error;
}
