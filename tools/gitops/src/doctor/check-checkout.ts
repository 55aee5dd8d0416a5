import type { CommandIo } from '../command-io.ts';
import { chartRevisionOf } from '../fleet/chart-revision.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { planGeneration } from '../fleet/plan-generation.ts';
import { workingTree } from '../fleet/read-chart.ts';
import { git, isShallow } from '../git/git.ts';
import { shortRevision } from '../report/short-revision.ts';
import { type Check, tryCheck } from './check.ts';

const fetchHistory = 'git fetch --unshallow (in CI: check out with fetch-depth 0)';

/** The git history, the environments in it, and whether what was generated is up to date. */
export async function checkCheckout({ root }: Pick<CommandIo, 'root'>): Promise<readonly Check[]> {
  const fleets: Fleet[] = [];
  const history = await tryCheck('git history', () => checkHistory(root));
  const environments = await tryCheck('environments', async () => {
    const fleet = await loadFleet(root);
    fleets.push(fleet);
    return describeFleet(fleet);
  });
  return [history, environments, ...(await Promise.all(fleets.map((fleet) => checkGenerated(fleet, root))))];
}

async function checkHistory(root: string): Promise<Check> {
  const commits = (await git(root, ['rev-list', '--count', 'HEAD'])).trim();
  if (!(await isShallow(root))) return { name: 'git history', status: 'ok', found: `complete (${commits} commits)` };
  return {
    name: 'git history',
    status: 'warning',
    found: `only ${commits} commits; pinned chart revisions may be missing`,
    fix: fetchHistory,
  };
}

function describeFleet({ environments }: Fleet): Check {
  const parts = environments.map((environment) => {
    const revision = chartRevisionOf(environment);
    return `${environment.name} (chart ${revision === workingTree ? revision : shortRevision(revision)})`;
  });
  return { name: 'environments', status: 'ok', found: parts.join(', ') };
}

async function checkGenerated(fleet: Fleet, root: string): Promise<Check> {
  const { changes, fileCount } = await planGeneration(fleet, [], root);
  if (changes.length === 0) return { name: 'generated files', status: 'ok', found: `${fileCount}, up to date` };
  return {
    name: 'generated files',
    status: 'warning',
    found: `${changes.length} of ${fileCount} differ from their input`,
    fix: 'npx gitops generate',
  };
}
