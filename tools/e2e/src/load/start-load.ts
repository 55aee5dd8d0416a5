import type { V1Pod } from '@kubernetes/client-node';
import { E2eError } from '../e2e-error.ts';
import type { NamespaceRecord } from '../recorder/namespace-record.ts';
import type { Kubectl } from '../world/kubectl.ts';
import type { LiveObjects } from '../world/live-objects.ts';
import { programPod, programsConfigMap } from '../world/program-pod.ts';
import { waitFor } from '../world/wait-for.ts';
import { followProgress, type Progress } from './follow-progress.ts';
import type { ExchangeKind, LoadPlan } from './program/load-plan.ts';
import type { LoadLine, LoadReport } from './program/load-report.ts';

export interface LoadOptions {
  /** Distinguishes loads of one scenario. @default `load` */
  readonly name?: string;
  /** @default 40 */
  readonly requestsPerSecond?: number;
  /** Requests under way at the same time, at most. @default 8 */
  readonly workers?: number;
  /** Shares of the kinds of requests. @default some of each, mostly reads */
  readonly mix?: Readonly<Partial<Record<ExchangeKind, number>>>;
  /** How long the check after the load waits for runs to end and for the service to answer. @default 60 s */
  readonly verifyDeadlineMs?: number;
  /** @default 30 s */
  readonly requestTimeoutMs?: number;
  /** Node of the load's pod, for scenarios that stop others. */
  readonly node?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A load that is being made. */
export interface Load {
  /** Resolves once this many requests have been made; counted from the start. */
  reached(requests: number): Promise<void>;
  readonly progress: () => Progress;
  /** Ends the load, has it check everything that was acknowledged, and returns what it saw. */
  stop(): Promise<LoadReport>;
}

export interface LoadPlace {
  readonly image: string;
  readonly baseUrl: string;
  readonly objects: LiveObjects;
  readonly kubectl: Kubectl;
  readonly record: NamespaceRecord;
  readonly signal: AbortSignal;
  readonly onReport: (report: LoadReport) => void;
}

const defaultMix: LoadPlan['mix'] = { list: 4, read: 4, create: 3, chat: 3, 'chat-stream': 2, run: 1, 'run-stream': 1 };

/** Starts a pod that makes requests through the Service; resolves once it makes them. */
export async function startLoad(options: LoadOptions, place: LoadPlace): Promise<Load> {
  const { objects, record, signal } = place;
  const plan = planOf(options, place.baseUrl);
  const pod = podOf(plan, options, place.image);
  const name = pod.metadata?.name ?? '';
  await objects.apply(await programsConfigMap());
  await objects.apply(pod);
  await waitFor(`the load ${plan.name} to run`, (state) => state.find('Pod', name)?.status?.phase === 'Running', {
    record,
    signal,
  });
  const progress = followProgress(name, place.kubectl, signal);
  await progress.reached(1);
  return {
    reached: progress.reached,
    progress: progress.now,
    stop: () => stopLoad(name, plan, place),
  };
}

function planOf(options: LoadOptions, baseUrl: string): LoadPlan {
  const { name = 'load', requestsPerSecond = 40, workers = 8, mix = defaultMix } = options;
  const { verifyDeadlineMs = 60_000, requestTimeoutMs = 30_000 } = options;
  return { name, baseUrl, requestsPerSecond, workers, mix, verifyDeadlineMs, requestTimeoutMs };
}

function podOf(plan: LoadPlan, { node, labels = {} }: LoadOptions, image: string): V1Pod {
  return programPod({
    name: `e2e-${plan.name}`,
    role: 'load',
    image,
    program: ['load-main.ts'],
    env: { LOAD_PLAN: JSON.stringify(plan) },
    labels,
    ...(node === undefined ? {} : { node }),
  });
}

/** Room for the requests under way and the reading of the log, beside the check. */
const marginMs = 60_000;

async function stopLoad(name: string, plan: LoadPlan, place: LoadPlace): Promise<LoadReport> {
  const { record, signal, kubectl } = place;
  // Process 1 of the pod is the load itself.
  await kubectl(['exec', name, '--', 'node', '-e', "process.kill(1, 'SIGUSR2')"]);
  const timeoutMs = plan.verifyDeadlineMs + plan.requestTimeoutMs + marginMs;
  await waitFor(
    `the load ${plan.name} to end`,
    (state) => ['Succeeded', 'Failed'].includes(state.find('Pod', name)?.status?.phase ?? 'Failed'),
    { record, signal, timeoutMs },
  );
  const { stdout, stderr } = await kubectl(['logs', name, '--tail=50']);
  const report = reportIn(stdout);
  if (report === undefined)
    throw new E2eError('load-program', { what: plan.name, value: name, detail: `${stdout}${stderr}`.slice(-2000) });
  place.onReport(report);
  return report;
}

function reportIn(log: string): LoadReport | undefined {
  const last = log.split('\n').findLast((line) => line.startsWith('{"type":"report"'));
  if (last === undefined) return undefined;
  const line: LoadLine = JSON.parse(last);
  return line.type === 'report' ? line.report : undefined;
}
