import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FileChange, kindOfChange } from '../files/plan-changes.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { type Generation, planGeneration } from '../fleet/plan-generation.ts';
import { changeData, diffOf } from '../report/changes.ts';
import type { Block } from '../report/report.ts';

/** `gitops check [environment…]`: fails when a generated file on disk is not what its input gives. */
export async function check(names: readonly string[], io: CommandIo): Promise<ExitCode> {
  const generation = await planGeneration(await loadFleet(io.root), names, io.root);
  const { environments, fileCount, changes } = generation;
  const fix = ['npx gitops generate', ...names].join(' ');
  io.report({
    data: {
      environments,
      files: fileCount,
      fix,
      differences: changes.map((change) => ({ ...changeData(change), diff: diffOf(change) })),
    },
    blocks: changes.length === 0 ? inOrder(generation) : differences(changes, fix),
  });
  return changes.length === 0 ? exitCodes.ok : exitCodes.found;
}

function inOrder({ fileCount }: Generation): readonly Block[] {
  return [{ kind: 'good', text: `${fileCount} generated files are what their input gives` }];
}

function differences(changes: readonly FileChange[], fix: string): readonly Block[] {
  return [
    ...changes.flatMap((change): readonly Block[] => [
      { kind: 'bad', text: `${change.path} ${complaints[kindOfChange(change)]}` },
      { kind: 'diff', text: diffOf(change) },
    ]),
    {
      kind: 'text',
      text: `To fix: ${fix}\nWhat was edited by hand is lost then; put it into environment.ts, release.yaml or libs/values/src/tiers.ts instead.`,
    },
  ];
}

const complaints = {
  created: 'is missing',
  updated: 'differs from its input: it was edited by hand, or its input changed and it was not generated again',
  removed: 'belongs to an environment that is gone',
} as const;
