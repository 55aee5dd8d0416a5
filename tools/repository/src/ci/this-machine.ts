import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Machine } from './install-packages.ts';
import { runVisibly } from './run-step.ts';

/** Where Debian puts programs, whatever PATH a shell was given. */
const systemDirectories = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The machine that this process runs on. */
export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  return {
    isCi: env.CI === 'true',
    isRoot: process.getuid?.() === 0,
    has: (proof) => (proof.startsWith('/') ? existsSync(proof) : isProgram(proof, env)),
    run: async (command) =>
      isProgram(command.program, env) ? runVisibly(command) : { exitCode: 127, output: `no ${command.program} here` },
  };
}

function isProgram(name: string, { PATH = '' }: NodeJS.ProcessEnv): boolean {
  return [...PATH.split(delimiter), ...systemDirectories].some((directory) => existsSync(join(directory, name)));
}
