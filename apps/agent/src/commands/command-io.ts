import type { Environment } from '../config/config-variables.ts';

/** What a command may touch besides the network. */
export interface CommandIo {
  readonly env: Environment;
  print(line: string): void;
}

export const exitCodes = { ok: 0, failed: 1 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
