import { buildProgram } from '@task-api/gitops';
import type { CommandLine } from './judge-command.ts';

/** The commands and options that the command line `gitops` itself declares. */
export function readGitopsCommands(): CommandLine['gitops'] {
  const program = buildProgram(async () => undefined, {});
  const shared = ['--help', ...program.options.flatMap(({ long }) => long ?? [])];
  return new Map(
    program.commands.map((command) => [
      command.name(),
      [...shared, ...command.options.flatMap(({ long }) => long ?? [])],
    ]),
  );
}
