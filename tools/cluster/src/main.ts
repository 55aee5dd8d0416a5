import { runCli } from './run-cli.ts';

process.stdout.on('error', endWhenNobodyReads);

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});

/** As in `logs kube-apiserver | head`. */
function endWhenNobodyReads(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit();
  throw error;
}
