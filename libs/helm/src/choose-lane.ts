import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ensureDirectory } from './cache-directory.ts';
import { HelmError } from './helm-error.ts';
import { type FetchRequest, fetchedDirectory, fetchUpstream, isFetched } from './upstream-charts.ts';

export type Lane = 'upstream' | 'mirror';
export type LaneRequest = 'auto' | Lane;

export interface LaneChoice {
  readonly lane: Lane;
  /** One phrase for reports: who or what decided. */
  readonly reason: string;
  /** Where the packaged charts lie; only on the upstream lane. */
  readonly packages?: string;
}

/** What `auto` found out earlier about a set of dependencies. */
export type RememberedLane = Pick<LaneChoice, 'lane' | 'reason'>;

type LockedDependencies = Pick<FetchRequest, 'dependencies' | 'env'>;

/** The lane that was asked for: by the caller, else by TASK_API_CHART_LANE, else `auto`. */
export function requestedLane(lane: LaneRequest | undefined, env: NodeJS.ProcessEnv): LaneRequest {
  const value = lane ?? (env.TASK_API_CHART_LANE || 'auto');
  if (value === 'auto' || value === 'upstream' || value === 'mirror') return value;
  throw new HelmError('lane', { value });
}

/** Decides where the dependencies come from. `auto` waits for the network at most once per set of dependencies. */
export async function chooseLane(wanted: LaneRequest, request: FetchRequest): Promise<LaneChoice> {
  if (request.dependencies.length === 0) return { lane: 'mirror', reason: 'it has no dependencies' };
  if (wanted === 'mirror') return { lane: 'mirror', reason: 'asked for' };
  const packages = request.env.TASK_API_UPSTREAM_CHARTS;
  if (packages) return { lane: 'upstream', reason: 'packaged charts in TASK_API_UPSTREAM_CHARTS', packages };
  if (wanted === 'upstream') return fetched(request);
  return chooseAutomatically(request);
}

/** What `auto` would use without asking the network, or nothing when it has not found out yet. */
export async function rememberedLane(request: LockedDependencies): Promise<RememberedLane | undefined> {
  if (await isFetched(request.dependencies, request.env)) return { lane: 'upstream', reason: fetchedReason };
  const reason = await readFile(memoOf(request), 'utf8').catch(() => undefined);
  return reason === undefined ? undefined : { lane: 'mirror', reason };
}

/** Makes `auto` ask the network again. */
export async function forgetUnreachable(request: LockedDependencies): Promise<void> {
  await rm(memoOf(request), { force: true });
}

const fetchedReason = 'fetched as Chart.lock pins them';

async function chooseAutomatically(request: FetchRequest): Promise<LaneChoice> {
  const remembered = await rememberedLane(request);
  if (remembered?.lane === 'mirror') return remembered;
  try {
    return await fetched(request);
  } catch (error) {
    if (!(error instanceof HelmError) || error.rule !== 'upstream-unreachable') throw error;
    return rememberMirror(request, error.message);
  }
}

async function fetched(request: FetchRequest): Promise<LaneChoice> {
  return { lane: 'upstream', reason: fetchedReason, packages: await fetchUpstream(request) };
}

async function rememberMirror(request: FetchRequest, message: string): Promise<LaneChoice> {
  const reason = `upstream was not reachable on ${new Date().toISOString().slice(0, 10)}: ${rootCauseOf(message)}`;
  const memo = memoOf(request);
  await ensureDirectory(join(memo, '..'));
  await writeFileAtomic(memo, reason);
  return { lane: 'mirror', reason };
}

/** Go wraps an error by writing the outer one in front of it, so the cause is what stands last. */
function rootCauseOf(message: string): string {
  const lastLine = message.trim().split('\n').at(-1) ?? '';
  return lastLine.split(': ').at(-1) ?? lastLine;
}

function memoOf({ dependencies, env }: LockedDependencies): string {
  return `${fetchedDirectory(dependencies, env)}.unreachable`;
}
