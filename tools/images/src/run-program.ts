import { $, which } from 'zx';
import { ImagesError } from './images-error.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns what it printed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const ending = await start(program, args, options);
  if (ending.exitCode !== 0) throw failure(program, args, `${ending.stdout}${ending.stderr}`);
  return ending.stdout;
}

/** The Debian package that has a program, for the message of a machine that lacks it. */
const packageOf: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  'apt-cache': 'apt',
  'apt-config': 'apt',
  'dpkg-deb': 'dpkg',
  ctr: 'containerd',
  flock: 'util-linux',
  ip: 'iproute2',
  unshare: 'util-linux',
};

/** @throws {ImagesError} which says what to install, when a program is not on PATH */
export async function requireProgram(program: string): Promise<void> {
  if ((await which(program, { nothrow: true })) !== null) return;
  throw new ImagesError('program-missing', { value: program, what: packageOf[program] ?? program });
}

export function failure(program: string, args: readonly string[], detail: string): ImagesError {
  return new ImagesError('program-failed', { value: [program, ...args].join(' '), detail });
}

function start(program: string, args: readonly string[], { cwd, env = process.env }: ProgramOptions) {
  const shell = $({ quiet: true, nothrow: true, env, ...(cwd === undefined ? {} : { cwd }) });
  return shell`${program} ${args}`;
}
