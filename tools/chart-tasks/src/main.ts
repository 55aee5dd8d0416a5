import { openChart, type Task } from './chart.ts';
import { ChartTaskError } from './chart-task-error.ts';
import { checkDocs, writeDocs } from './tasks/docs.ts';
import { lint } from './tasks/lint.ts';
import { packageArchive } from './tasks/package-archive.ts';
import { template } from './tasks/template.ts';
import { validate } from './tasks/validate.ts';

// What Nx runs for a chart: node tools/chart-tasks/src/main.ts <task> <folder of the chart>
const tasks: Readonly<Record<string, Task>> = {
  lint,
  template,
  validate,
  package: packageArchive,
  docs: writeDocs,
  'docs-check': checkDocs,
};

const [name = '', folder = ''] = process.argv.slice(2);

try {
  const task = tasks[name];
  if (task === undefined)
    throw new ChartTaskError('unknown-task', { value: name, allowed: Object.keys(tasks).join(', ') });
  process.stdout.write(`${await task(openChart(folder, process.cwd()))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
