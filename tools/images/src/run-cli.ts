import { copyFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import picocolors from 'picocolors';
import { buildImages } from './build-images.ts';
import type { LockUse } from './debian/provide-packages.ts';
import { formatImages } from './format-images.ts';
import type { ImageArchive } from './image-archive.ts';
import { ImagesError } from './images-error.ts';

export interface Edge {
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

const exitCodes = { ok: 0, failed: 1, invalid: 2 } as const;

/** Parses the arguments, builds, and returns the exit code. */
export async function runCli(args: readonly string[], edge: Edge): Promise<number> {
  try {
    const options = parseArguments(args, edge);
    const archive = await buildImages({
      lockUse: lockUseOf(options),
      onProgress: (line) => edge.stderr.write(`${line}\n`),
    });
    const path = await writeOutput(archive, options.output);
    edge.stdout.write(options.json ? formatJson(archive, path) : formatImages({ ...archive, path }, colorsFor(edge)));
    return exitCodes.ok;
  } catch (error) {
    return endWithError(error, edge);
  }
}

interface Options {
  readonly output?: string;
  readonly json?: true;
  readonly locked?: true;
  readonly updateLock?: true;
}

function parseArguments(args: readonly string[], { stdout, stderr }: Edge): Options {
  const program = new Command('images')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .description(
      'Builds the images that a release of the chart needs, as one OCI archive, without a container registry.',
    )
    .option('--output <file>', 'copy the archive to this file')
    .option('--json', 'print one JSON document on stdout, progress on stderr')
    .option('--locked', 'fail when Debian no longer has what debian.lock.json names, instead of taking newer packages')
    .option('--update-lock', 'take the newest Debian packages and write debian.lock.json')
    .addHelpText('after', help);
  program.parse(args, { from: 'user' });
  const options = program.opts<Options>();
  if (options.locked && options.updateLock) program.error('error: --locked and --update-lock exclude each other');
  return options;
}

const help = `
Examples:
  npm run images
  npm run images -- --output images.tar --locked
  npm run images -- --update-lock     after a point release of Debian

Exit codes:
  0  the archive is complete
  1  it could not be built; the message says what to do
  2  the command line is not understood`;

function lockUseOf({ locked, updateLock }: Options): LockUse {
  if (updateLock) return 'update';
  return locked ? 'require' : 'prefer';
}

async function writeOutput({ path }: ImageArchive, output: string | undefined): Promise<string> {
  if (output === undefined) return path;
  const target = resolve(output);
  await copyFile(path, target).catch((cause: Error) => {
    throw new ImagesError('output', { path: target, detail: cause.message }, { cause });
  });
  return target;
}

function formatJson(archive: ImageArchive, path: string): string {
  return `${JSON.stringify({ ...archive, path }, null, 2)}\n`;
}

function colorsFor({ stdout }: Edge) {
  return picocolors.createColors(stdout.isTTY === true && !process.env.NO_COLOR);
}

function endWithError(error: unknown, { stderr }: Edge): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.invalid;
  if (!(error instanceof ImagesError)) throw error;
  stderr.write(`${error.message}\n`);
  return exitCodes.failed;
}
