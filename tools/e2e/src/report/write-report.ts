import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { junitReport } from './junit-report.ts';
import { renderReport } from './render-report.ts';
import type { RunReport } from './run-report.ts';

/** Writes `report.html`, `report.json` and `junit.xml`, and returns the path of the first. */
export async function writeReport(report: RunReport, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const page = join(directory, 'report.html');
  await Promise.all([
    writeFile(page, renderReport(report)),
    writeFile(join(directory, 'report.json'), JSON.stringify(report, undefined, 2)),
    writeFile(join(directory, 'junit.xml'), junitReport(report)),
  ]);
  return page;
}
