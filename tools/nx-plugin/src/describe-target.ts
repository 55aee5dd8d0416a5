import type { TargetConfiguration } from '@nx/devkit';

interface Description {
  /** One sentence: what the target proves or makes. */
  readonly description: string;
  /** The command that explains the tool behind the target. */
  readonly help: string;
  /** Arguments worth trying with that command. */
  readonly example: readonly string[];
}

/** Adds what `nx show project` prints about a target. */
export function describeTarget(
  target: TargetConfiguration,
  { description, help, example }: Description,
): TargetConfiguration {
  return { ...target, metadata: { description, help: { command: help, example: { args: [...example] } } } };
}
