import { checkBefore, checkThat } from '../../check.ts';
import type { CommandResult } from '../../run/run-program.ts';
import { agentLabels, agentPods } from '../../world/agent-pods.ts';
import { completedAtMs, isReady } from '../../world/pod-facts.ts';
import type { World } from '../../world/world.ts';
import { replayRollout } from './replay-rollout.ts';

/** What a rollout was, for those who judge it. */
export interface RolloutFacts {
  readonly title: string;
  readonly result: CommandResult;
  /** Names of the pods that served before it. */
  readonly podsBefore: readonly string[];
}

/** Names of the agent's pods. */
export function namesOfAgents(world: World): readonly string[] {
  return agentPods(world.record).map(({ metadata }) => metadata?.name ?? '');
}

/** The schema was migrated before the first new pod, and capacity never fell below what is wanted. */
export async function judgeRollout(world: World, facts: RolloutFacts): Promise<void> {
  await waitForRecord(world, facts);
  checkMigratedFirst(world, facts);
  await checkOverlap(world, facts);
}

/** Helm has seen the end of the rollout; the record may hear of it a moment later. */
async function waitForRecord(world: World, { title, podsBefore }: RolloutFacts): Promise<void> {
  await world.waitFor(`the pods after ${title} to be new and ready`, (state) => {
    const live = agentPods(state).filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
    return live.length > 0 && live.every((pod) => isReady(pod) && !podsBefore.includes(pod.metadata?.name ?? ''));
  });
}

function checkMigratedFirst(world: World, { title, result, podsBefore }: RolloutFacts): void {
  // Kubernetes counts in whole seconds.
  const startedAtMs = Math.floor(result.startedAtMs / 1000) * 1000;
  const ends = world.record
    .historyOf('Job', 'task-api-migrate')
    .filter(({ object }) => (object.metadata?.creationTimestamp?.getTime() ?? 0) >= startedAtMs)
    .flatMap(({ object }) => completedAtMs(object) ?? []);
  const starts = agentPods(world.record)
    .filter(({ metadata }) => !podsBefore.includes(metadata?.name ?? ''))
    .flatMap(({ metadata }) => metadata?.creationTimestamp?.getTime() ?? []);
  checkBefore(
    { what: `the end of the migration of ${title}`, atMs: ends.at(-1) },
    { what: 'the first new pod', atMs: starts.length === 0 ? undefined : Math.min(...starts) },
  );
}

async function checkOverlap(world: World, { title, result }: RolloutFacts): Promise<void> {
  const { spec } = await world.objects.get('Deployment', world.release);
  const replicas = spec?.replicas ?? 0;
  const surge = Number(spec?.strategy?.rollingUpdate?.maxSurge ?? 0);
  const isAgent = labelled(agentLabels);
  const view = replayRollout({
    pods: world.record.historyOf('Pod').filter(({ object }) => isAgent(object)),
    replicaSets: world.record.historyOf('ReplicaSet').filter(({ object }) => isAgent(object)),
    startedAtMs: result.startedAtMs,
  });
  const isDesigned = view.fewestServing >= replicas && view.mostWanted <= replicas + surge && view.overlapped;
  checkThat(isDesigned, `old and new pods during ${title}`, {
    expected: `at least ${replicas} that serve, at most ${replicas + surge} that are wanted, and both at the same time`,
    actual: view,
  });
}

type Labels = Readonly<Record<string, string>>;

function labelled(labels: Labels) {
  return ({ metadata }: { readonly metadata?: { readonly labels?: Labels } }) =>
    Object.entries(labels).every(([key, value]) => metadata?.labels?.[key] === value);
}
