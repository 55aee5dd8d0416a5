import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How one Nx task ended. */
export interface TaskOutcome {
  /** `values:test` */
  readonly id: string;
  readonly project: string;
  readonly target: string;
  readonly isCached: boolean;
  /** Undefined when the task was not started, because one that it depends on failed. */
  readonly exitCode: number | undefined;
  readonly durationMs: number;
  /** What it printed. */
  readonly output: string;
}

const recordFile = '.nx/cache/run.json';
const outputsFolder = '.nx/cache/terminalOutputs';
const graphFile = '.nx/workspace-data/project-graph.json';

/** Removes what an earlier run recorded, so that it cannot be taken for this one's. */
export function forgetRun(root: string): void {
  rmSync(join(root, recordFile), { force: true });
}

/** What Nx recorded about its last run; undefined when it did not come to run tasks. */
export function readRun(root: string): readonly TaskOutcome[] | undefined {
  const file = join(root, recordFile);
  if (!existsSync(file)) return undefined;
  const record: RunRecord = JSON.parse(readFileSync(file, 'utf8'));
  return record.tasks.map((task) => outcomeOf(task, root));
}

/** Nx writes this file for its own summary; the parts that are used here. */
interface RunRecord {
  readonly tasks: readonly TaskRecord[];
}

interface TaskRecord {
  readonly taskId: string;
  readonly projectName: string;
  readonly target: string;
  readonly hash: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly cacheStatus: string;
  readonly status?: number;
}

function outcomeOf(task: TaskRecord, root: string): TaskOutcome {
  return {
    id: task.taskId,
    project: task.projectName,
    target: task.target,
    isCached: task.cacheStatus !== 'cache-miss',
    exitCode: task.status,
    durationMs: Date.parse(task.endTime) - Date.parse(task.startTime),
    output: task.status === 0 ? '' : readOutput(join(root, outputsFolder, task.hash)),
  };
}

function readOutput(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The folder of each project, as Nx knew it in its last run. */
export function readProjectRoots(root: string): ReadonlyMap<string, string> {
  const graph: ProjectGraph = JSON.parse(readFileSync(join(root, graphFile), 'utf8'));
  return new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, data.root]));
}

interface ProjectGraph {
  readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>;
}
