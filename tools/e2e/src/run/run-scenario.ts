import { KubeConfig } from '@kubernetes/client-node';
import type { HelmBinary } from '@task-api/helm';
import type { ClusterUnderTest } from '../cluster/cluster-under-test.ts';
import { E2eError } from '../e2e-error.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { podLanes } from '../report/pod-lanes.ts';
import type { CommandSpan, Evidence, Failure, ScenarioReport } from '../report/run-report.ts';
import type { Scenario } from '../scenario.ts';
import type { ChartUnderTest } from '../world/chart-under-test.ts';
import { createWorld } from '../world/create-world.ts';
import { liveObjects } from '../world/live-objects.ts';
import type { TakeTurn } from './cluster-turns.ts';
import { collectEvidence } from './collect-evidence.ts';
import type { CommandResult } from './run-program.ts';
import { newScenarioJournal, type ScenarioJournal } from './scenario-journal.ts';

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly helm: HelmBinary;
  readonly chart: ChartUnderTest;
  readonly cluster: ClusterUnderTest;
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly isSoak: boolean;
  /** Leaves the namespaces as they are. */
  readonly isKept: boolean;
  /** What the chart has undergone. */
  readonly mutation?: Pick<Mutation, 'name'>;
  readonly takeTurn: TakeTurn;
  readonly onStep: (title: string) => void;
  /** Aborted when the whole run is. */
  readonly signal: AbortSignal;
}

export const defaultDeadlineMs = 600_000;

/** Runs a scenario in a namespace of its own and says how it went; throws nothing. */
export async function runScenario(run: ScenarioRun): Promise<ScenarioReport> {
  const { scenario, helm, mutation } = run;
  const journal = newScenarioJournal(run.onStep);
  const startedAtMs = Date.now();
  const stop = new AbortController();
  const ended = await attempt(run, journal, stop);
  const evidence = ended === undefined ? [] : await collectEvidence(journal.records);
  stop.abort();
  const report = {
    name: scenario.name,
    title: scenario.title,
    helm: helm.major,
    status: ended === undefined ? 'passed' : 'failed',
    ...(ended === undefined ? {} : { failure: failureOf(ended.error, journal) }),
    ...(mutation === undefined ? {} : { mutation: mutation.name }),
    startedAtMs,
    endedAtMs: Date.now(),
    ...describeJournal(journal, evidence),
  } as const;
  if (!run.isKept) await removeNamespaces(run, journal);
  return report;
}

interface Ended {
  readonly error: unknown;
}

/** What went wrong; nothing when all went well. */
async function attempt(run: ScenarioRun, journal: ScenarioJournal, stop: AbortController): Promise<Ended | undefined> {
  const { scenario } = run;
  const deadline = deadlineOf(scenario, run.signal);
  const signal = AbortSignal.any([stop.signal, deadline.signal]);
  try {
    const work = createWorld({ ...run, namespace: namespaceOf(run), journal, signal }).then((world) =>
      scenario.run(world),
    );
    await Promise.race([work, deadline.passed]);
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    deadline.clear();
  }
}

/** Ends a scenario that hangs, or whose run is interrupted; what it is doing is told to stop. */
function deadlineOf({ name, deadlineMs = defaultDeadlineMs }: Scenario, interruption: AbortSignal) {
  const controller = new AbortController();
  const passed = Promise.withResolvers<never>();
  const end = (error: unknown) => {
    passed.reject(error);
    controller.abort(error);
  };
  const interrupt = () => end(interruption.reason);
  const late = new E2eError('scenario-deadline', { what: name, value: `${deadlineMs / 1000} s` });
  const timer = setTimeout(() => end(late), deadlineMs);
  interruption.addEventListener('abort', interrupt);
  if (interruption.aborted) interrupt();
  return {
    signal: controller.signal,
    passed: passed.promise,
    clear() {
      clearTimeout(timer);
      interruption.removeEventListener('abort', interrupt);
    },
  };
}

function namespaceOf({ scenario, helm, mutation }: ScenarioRun): string {
  return `e2e-${mutation?.name ?? scenario.name}-h${helm.major}`;
}

function failureOf(error: unknown, { steps }: ScenarioJournal): Failure {
  const step = steps.findLast(({ outcome }) => outcome === 'failed')?.title;
  const message = error instanceof E2eError ? error.message : describeDefect(error);
  return { message, ...(step === undefined ? {} : { step }) };
}

/** What is no finding of the suite is a mistake in it, or a client's: its stack tells where. */
function describeDefect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

type JournalPart = Pick<ScenarioReport, 'steps' | 'commands' | 'pods' | 'loads' | 'notes' | 'evidence'>;

function describeJournal(journal: ScenarioJournal, evidence: readonly Evidence[]): JournalPart {
  const { steps, loads, notes, records } = journal;
  const pods = records.flatMap(({ record }) => podLanes(record.historyOf('Pod'), Date.now()));
  return { steps, commands: journal.commands.map(toSpan), pods, loads, notes, evidence };
}

const mostOutput = 4000;

function toSpan({ command, exitCode, stdout, stderr, startedAtMs, endedAtMs }: CommandResult): CommandSpan {
  return { command, exitCode, startedAtMs, endedAtMs, output: `${stdout}${stderr}`.slice(-mostOutput) };
}

/** Pods have a minute to end; nobody waits for that but a later run that wants the same names. */
async function removeNamespaces({ cluster }: ScenarioRun, { records }: ScenarioJournal): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(cluster.kubeconfig);
  const objects = liveObjects(config, 'default');
  await Promise.allSettled(records.map(({ namespace }) => objects.delete('Namespace', namespace)));
}
