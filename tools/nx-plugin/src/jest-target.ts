import type { TargetConfiguration } from '@nx/devkit';
import { describeTarget } from './describe-target.ts';

interface JestTarget {
  readonly description: string;
  /** Named inputs beyond the project's own files and its dependencies. */
  readonly inputs: readonly string[];
}

/** Runs a project's tests. What jest found is an output, so that a cached run is counted like a fresh one. */
export function jestTarget({ description, inputs }: JestTarget): TargetConfiguration {
  return describeTarget(
    {
      command:
        'node --experimental-vm-modules --disable-warning=ExperimentalWarning tools/repository/src/run-jest.ts {projectRoot}',
      cache: true,
      inputs: ['default', '^production', 'jest', ...inputs],
      outputs: ['{workspaceRoot}/dist/{projectRoot}/test-results.json'],
    },
    { description, help: 'npx jest --help', example: ['--testNamePattern', 'words of a test'] },
  );
}
