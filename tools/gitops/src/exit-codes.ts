/** What each exit code of `gitops` means: the one table that help, README and the commands read. */
export const exitCodeTable = [
  { name: 'ok', code: 0, meaning: 'Done; nothing to complain about.' },
  {
    name: 'found',
    code: 1,
    meaning: 'Differences or findings: the command worked, what it looked at is not in order.',
  },
  {
    name: 'invalid',
    code: 2,
    meaning: 'Invalid input: the command line, an environment.ts, a release.yaml or a value.',
  },
  {
    name: 'failed',
    code: 3,
    meaning: 'Failed: something the command needs is missing or did not work (Helm, git, the disk).',
  },
  { name: 'bug', code: 4, meaning: 'A bug in gitops itself.' },
  { name: 'interrupted', code: 130, meaning: 'Interrupted by Ctrl-C (143 by SIGTERM); nothing is left half-written.' },
] as const;

export type ExitCodeName = (typeof exitCodeTable)[number]['name'];
export type ExitCode = (typeof exitCodeTable)[number]['code'];

export const exitCodes = {
  ok: 0,
  found: 1,
  invalid: 2,
  failed: 3,
  bug: 4,
  interrupted: 130,
} as const satisfies {
  readonly [Name in ExitCodeName]: Extract<(typeof exitCodeTable)[number], { name: Name }>['code'];
};
