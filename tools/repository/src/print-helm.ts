import { findHelm, knownLane, prepareChart } from '@task-api/helm';

// Prints what decides how charts render on this machine: an input of every Nx task that renders. The first time it
// fetches Helm and decides the lane, so that no task's hash changes while the tasks run.
process.stdout.write(`Helm ${await helmVersion()}, lane ${await lane()}\n`);

function helmVersion(): Promise<string> {
  return findHelm().then(({ version }) => version, unknown);
}

async function lane(): Promise<string> {
  const root = process.cwd();
  const known = await knownLane({ root }).catch(() => undefined);
  if (known !== undefined) return known.lane;
  return findHelm()
    .then((helm) => prepareChart({ root, helm }))
    .then((chart) => chart.lane, unknown);
}

/** The tasks themselves fail with the reason. */
function unknown(): string {
  return 'unknown';
}
