import type { LoadReport, LoadSecond } from '../load/program/load-report.ts';
import type { PodLane, PodPhase } from './pod-lanes.ts';
import type { CommandSpan, ScenarioReport, Step } from './run-report.ts';

export type BarStyle = 'step' | 'step-failed' | 'command' | 'command-failed' | PodPhase;

export interface Bar {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly style: BarStyle;
  /** Written into the bar where there is room. */
  readonly label: string;
  /** Shown when somebody points at it. */
  readonly hint: string;
}

export interface Lane {
  /** Written beside the first lane of a group. */
  readonly group: string;
  readonly bars: readonly Bar[];
}

/** What a scenario looks like over time, before it has a shape. */
export interface Timeline {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly lanes: readonly Lane[];
  /** Requests of each second, all loads together. */
  readonly requests: readonly LoadSecond[];
}

/** Puts the parts of a scenario into lanes: what was done, what ran, what was asked of it. */
export function timelineOf(scenario: ScenarioReport): Timeline {
  const { startedAtMs, endedAtMs, steps, commands, pods, loads } = scenario;
  return {
    startedAtMs,
    endedAtMs,
    lanes: [
      ...packed('steps', steps.map(stepBar).map(alone)),
      ...packed('helm', commands.map(commandBar).map(alone)),
      ...podGroups.flatMap(({ group, belongs }) => packed(group, pods.filter(belongs).map(podBars))),
    ],
    requests: requestsOf(loads),
  };
}

interface PodGroup {
  readonly group: string;
  readonly belongs: (pod: PodLane) => boolean;
}

const isSuites = ({ group }: PodLane) => ['caller', 'load'].includes(group);

/** Each pod is in the first group that takes it. */
const podGroups: readonly PodGroup[] = exclusiveGroups([
  { group: 'suite', belongs: isSuites },
  { group: 'hooks and tests', belongs: ({ owner, group }) => owner === 'Job' || group === 'test' },
  { group: 'agent', belongs: ({ group }) => group === 'agent' },
  { group: 'postgresql', belongs: ({ group }) => group === 'postgresql' },
  { group: 'redis', belongs: ({ group }) => group === 'redis' },
  { group: 'other pods', belongs: () => true },
]).filter(({ group }) => group !== 'suite');

function exclusiveGroups(groups: readonly PodGroup[]): readonly PodGroup[] {
  return groups.map(({ group, belongs }, index) => ({
    group,
    belongs: (pod) => belongs(pod) && !groups.slice(0, index).some((earlier) => earlier.belongs(pod)),
  }));
}

function stepBar({ title, startedAtMs, endedAtMs, outcome }: Step): Bar {
  return { startedAtMs, endedAtMs, style: outcome === 'passed' ? 'step' : 'step-failed', label: title, hint: title };
}

function commandBar({ command, exitCode, startedAtMs, endedAtMs }: CommandSpan): Bar {
  const [, verb = 'helm'] = command.split(' ');
  const style = exitCode === 0 ? 'command' : 'command-failed';
  return { startedAtMs, endedAtMs, style, label: verb, hint: `${command}\nexit code ${exitCode}` };
}

function podBars({ name, node, restarts, spans }: PodLane): readonly Bar[] {
  const widest = Math.max(...spans.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs));
  const place = node === undefined ? '' : ` on ${node}`;
  return spans.map(({ phase, startedAtMs, endedAtMs }) => ({
    startedAtMs,
    endedAtMs,
    style: phase,
    label: endedAtMs - startedAtMs === widest ? shortName(name) : '',
    hint: `${name}${place}\n${phase}${restarts > 0 ? `\nrestarted ${restarts} times` : ''}`,
  }));
}

/** `task-api-6d4b-x2x9z` of release task-api is `6d4b-x2x9z` to somebody who looks at that release. */
function shortName(name: string): string {
  return name.replace(/^task-api-/, '');
}

function alone(bar: Bar): readonly Bar[] {
  return [bar];
}

/** Rows of bars in as few lanes as they fit into; a row stays in one piece. */
export function packed(group: string, rows: readonly (readonly Bar[])[]): readonly Lane[] {
  const lanes: Bar[][] = [];
  const ordered = rows.filter((row) => row.length > 0).toSorted((a, b) => startOf(a) - startOf(b));
  for (const row of ordered) {
    const free = lanes.find((lane) => endOf(lane) <= startOf(row));
    if (free === undefined) lanes.push([...row]);
    else free.push(...row);
  }
  return lanes.map((bars) => ({ group, bars }));
}

function startOf(bars: readonly Bar[]): number {
  return bars[0]?.startedAtMs ?? 0;
}

function endOf(bars: readonly Bar[]): number {
  return bars.at(-1)?.endedAtMs ?? 0;
}

function requestsOf(loads: readonly LoadReport[]): readonly LoadSecond[] {
  const bySecond = Map.groupBy(
    loads.flatMap(({ seconds }) => seconds),
    ({ atMs }) => atMs,
  );
  return [...bySecond.values()].map(addSeconds).sort((a, b) => a.atMs - b.atMs);
}

function addSeconds(seconds: readonly LoadSecond[]): LoadSecond {
  return {
    atMs: seconds[0]?.atMs ?? 0,
    succeeded: sum(seconds.map(({ succeeded }) => succeeded)),
    failed: sum(seconds.map(({ failed }) => failed)),
    medianMs: Math.max(...seconds.map(({ medianMs }) => medianMs)),
    slowestMs: Math.max(...seconds.map(({ slowestMs }) => slowestMs)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
