/** `npm run images -- [--output FILE] [--json] [--locked] [--update-lock]`: builds the images as one archive. */
import { runCli } from './run-cli.ts';

process.exitCode = await runCli(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr });
