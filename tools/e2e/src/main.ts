import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runCli } = await import('./run-cli.ts');
const exitCode = await runCli(process.argv.slice(2));
// What was interrupted may still have programs running that nobody waits for.
if (exitCode === 130) process.exit(exitCode);
process.exitCode = exitCode;
