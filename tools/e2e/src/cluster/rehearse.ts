import { join } from 'node:path';
import { type Crash, endProcesses, killProgramAt, rehearseCrashes } from '@task-api/cluster';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ProgressLog } from '../run/progress-log.ts';
import { machineReport } from './machine-report.ts';

const partsKilled = ['node1-machine', 'node2-containerd', 'etcd', 'api-forwarder'];

const killedRun: Crash = {
  name: 'kill -9 of a run of scenarios while Helm installs, then of process 1 of a node, a containerd, etcd and a forwarder',
  async happen() {
    const run = [join(import.meta.dirname, '../main.ts'), '--only', 'install', '--helm', '4'];
    await killProgramAt(run, ({ name, program }) => name === 'e2e' && program.startsWith('helm'));
    await endProcesses(({ name }) => partsKilled.includes(name));
  },
};

/** Cuts clusters and runs off, and reports for each way whether `down` left the machine as it was. */
export async function rehearse(progress: ProgressLog): Promise<readonly ScenarioReport[]> {
  const rehearsals = await rehearseCrashes({ crashes: [killedRun], onProgress: progress.line });
  return rehearsals.map(({ name, differences, startedAtMs }) => {
    const title = `Nothing is left of a cluster after ${name}`;
    const report = machineReport({ name: 'cluster-crash', title, startedAtMs, problems: differences });
    progress.ended(report.name, report);
    return report;
  });
}
