import { rehearseCrashes } from '@task-api/cluster';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ProgressLog } from '../run/progress-log.ts';
import { machineReport } from './machine-report.ts';

/** Cuts clusters off, and reports for each way whether `down` left the machine as it was. */
export async function rehearse(progress: ProgressLog): Promise<readonly ScenarioReport[]> {
  const rehearsals = await rehearseCrashes(progress.line);
  return rehearsals.map(({ name, differences, startedAtMs }) => {
    const title = `Nothing is left of a cluster after ${name}`;
    const report = machineReport({ name: 'cluster-crash', title, startedAtMs, problems: differences });
    progress.ended(report.name, report);
    return report;
  });
}
