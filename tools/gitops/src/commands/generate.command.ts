import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { applyChanges } from '../files/apply-changes.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { planGeneration } from '../fleet/plan-generation.ts';
import { changeBlocks, changeData } from '../report/changes.ts';

/** `gitops generate [environment…]`: writes overlays and Applications from the typed environments. */
export async function generate(names: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { environments, fileCount, changes } = await planGeneration(await loadFleet(io.root), names, io.root);
  applyChanges(changes, io.root);
  io.report({
    data: { environments, files: fileCount, changes: changes.map(changeData) },
    blocks: changeBlocks(changes, `${fileCount} generated files are up to date`),
  });
  return exitCodes.ok;
}
