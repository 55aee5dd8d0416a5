import { checkEqual, checkFailed, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { namespaceContents } from '../world/namespace-contents.ts';
import { patientValues } from '../world/patient-values.ts';
import type { World } from '../world/world.ts';
import { type Refusal, readRefusals } from './guards/read-refusals.ts';

/** Cases count on the chart's default of everything that they do not set. */
const { migrations: _, ...values } = patientValues;

export const guards: Scenario = {
  name: 'guards',
  title: 'What the chart refuses, it refuses before anything is touched',
  helm: [4],
  deadlineMs: 400_000,
  async run(world) {
    const refusals = await readRefusals();
    await world.step('an install that is refused leaves nothing', () => checkRefusedInstall(world, refusals));
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [values] })));
    await world.step('changes that a live release would not survive', () => checkRefusedUpgrades(world, liveChanges));
    await world.step('the dry run tells them too', () => checkDryRun(world));
    await world.step('values that do not fit together', () => checkRefusedUpgrades(world, refusals));
    await world.step('the nearest change is accepted', () => checkAccepted(world));
    world.note('refused upgrades', liveChanges.length + refusals.length);
  },
};

/** Refused for what lives in the cluster: alone, each of these values is fine. */
const liveChanges: readonly Refusal[] = [
  {
    guard: 'postgresql-architecture-change',
    message: 'StatefulSet "task-api-postgresql" of this release runs as standalone',
    values: { postgresql: { architecture: 'replication' } },
  },
  {
    guard: 'volume-size-change',
    message: 'was created with "1Gi", and a volume cannot shrink',
    values: { postgresql: { primary: { persistence: { size: '512Mi' } } } },
  },
  {
    guard: 'volume-size-change',
    message: 'was created with "1Gi", and the API server refuses the change',
    values: { redis: { master: { persistence: { size: '2Gi' } } } },
  },
  {
    guard: 'postgresql-name-change',
    message: 'would start on an empty volume',
    values: { postgresql: { fullnameOverride: 'database' } },
  },
  {
    guard: 'agent-name-change',
    message: 'cannot change on a live release',
    values: { nameOverride: 'api' },
  },
];

async function checkRefusedInstall(world: World, [refusal]: readonly Refusal[]): Promise<void> {
  if (refusal === undefined) return;
  const before = await namespaceContents(world);
  checkFailed(await world.helm.install({ values: [values, refusal.values] }), patternOf(refusal));
  checkEqual(await namespaceContents(world), before, 'what is in the namespace after the refusal');
}

async function checkRefusedUpgrades(world: World, refusals: readonly Refusal[]): Promise<void> {
  const before = await namespaceContents(world);
  const heardOf = jobsOf(world);
  for (const refusal of refusals) {
    const result = await world.helm.upgrade({ values: [values, refusal.values] });
    checkFailed(result, patternOf(refusal));
  }
  checkEqual(await namespaceContents(world), before, 'what is in the namespace after the refusals');
  checkEqual(jobsOf(world), heardOf, 'Jobs that were started');
  checkEqual((await world.helm.history()).length, 1, 'revisions of the release');
}

/** A Job that a refused upgrade starts is gone soon, but not from the record. */
function jobsOf({ record }: World): number {
  return record.historyOf('Job').filter(({ change }) => change === 'added').length;
}

/** The stand-in of Redis knows no Sentinel, and its schema says so before any guard. */
const refusedBySchema = new Set(['redis-sentinel']);

function patternOf({ guard, message }: Refusal): RegExp {
  const byGuard = `${RegExp.escape(message)}[\\s\\S]*\\[${guard}\\]`;
  return new RegExp(refusedBySchema.has(guard) ? `${byGuard}|meet the specifications of the schema` : byGuard);
}

async function checkDryRun(world: World): Promise<void> {
  const flags = ['--dry-run=server'];
  for (const refusal of liveChanges)
    checkFailed(await world.helm.upgrade({ values: [values, refusal.values], flags }), patternOf(refusal));
  checkSucceeded(await world.helm.upgrade({ values: [values], flags }));
}

/** The same size in another unit, and a name that leads to the same objects. */
async function checkAccepted(world: World): Promise<void> {
  const { uid } = await identityOf(world);
  const persistence = { size: '1024Mi' };
  const accepted = { postgresql: { primary: { persistence }, fullnameOverride: 'task-api-postgresql' } };
  checkSucceeded(await world.helm.upgrade({ values: [values, accepted] }));
  checkEqual((await identityOf(world)).uid, uid, 'the StatefulSet of PostgreSQL after the upgrade');
}

async function identityOf({ objects }: World): Promise<{ readonly uid: string | undefined }> {
  const { metadata } = await objects.get('StatefulSet', 'task-api-postgresql');
  return { uid: metadata?.uid };
}
