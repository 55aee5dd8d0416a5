import { storedQuestion, storedQuestions } from './build-legs.ts';
import type { Leg, LegName } from './leg.ts';
import { type Measuring, measureLeg, type Sample } from './measure-leg.ts';

export interface Comparison {
  readonly measuring: Measuring;
  readonly legs: readonly Leg[];
  readonly rounds: number;
  /** Of the load on one leg in one round. */
  readonly durationMs: number;
  readonly onProgress: (what: string) => void;
}

/** What was measured of one leg. */
export interface LegSamples {
  readonly name: LegName;
  /** The first requests, in a process that nobody has asked anything before; none of a leg that has to be prepared. */
  readonly cold: Sample | undefined;
  /** One a round, by many callers at once. */
  readonly busy: readonly Sample[];
  /** One a round, by a single caller. */
  readonly alone: readonly Sample[];
}

/** How many callers there are at once under load. */
export const busyConnections = 32;
/** How many requests are called cold. */
export const coldRequests = 200;

/** Measures all legs in rounds, so that what the machine does meanwhile meets all of them alike. */
export async function compareLegs(comparison: Comparison): Promise<readonly LegSamples[]> {
  const { legs, rounds, durationMs, onProgress } = comparison;
  onProgress('cold requests');
  const cold = await measureCold(comparison);
  onProgress(`storing ${storedQuestions} answers`);
  await storeAnswers(comparison);
  onProgress('warming up');
  await measureRound(comparison, { index: 0, durationMs: 2 * durationMs });
  const measured: Round[] = [];
  for (let index = 0; index < rounds; index += 1) {
    onProgress(`round ${index + 1} of ${rounds}`);
    measured.push(await measureRound(comparison, { index, durationMs }));
  }
  return legs.map(({ name }) => ({ name, cold: cold.get(name), ...samplesOf(name, measured) }));
}

async function measureCold({ measuring, legs }: Comparison): Promise<ReadonlyMap<LegName, Sample>> {
  await askRepeatedOnce({ measuring, legs });
  const samples = new Map<LegName, Sample>();
  for (const leg of legs.filter(({ name }) => name !== 'agent-redis'))
    samples.set(leg.name, await measureLeg(leg, { connections: 1, requests: coldRequests }, measuring));
  return samples;
}

/** The first time, a question cannot be answered from the cache yet. */
async function askRepeatedOnce({ measuring, legs }: Pick<Comparison, 'measuring' | 'legs'>): Promise<void> {
  const repeated = legs.find(({ name }) => name === 'agent-process');
  if (repeated !== undefined)
    await measureLeg({ ...repeated, expected: '200 MISS' }, { connections: 1, requests: 1 }, measuring);
}

async function storeAnswers({ measuring: { stage, generator }, legs }: Comparison): Promise<void> {
  if (!legs.some(({ name }) => name === 'agent-redis')) return;
  const target = { host: '127.0.0.1', port: stage.agent.port, connections: 8 };
  await generator.run({ ...target, request: storedQuestion(), requests: storedQuestions });
}

type Round = ReadonlyMap<LegName, { readonly busy: Sample; readonly alone: Sample }>;

interface RoundPlan {
  readonly index: number;
  readonly durationMs: number;
}

/** Each round begins with another leg. */
async function measureRound({ measuring, legs }: Comparison, { index, durationMs }: RoundPlan): Promise<Round> {
  const shift = index % legs.length;
  const round = new Map<LegName, { busy: Sample; alone: Sample }>();
  for (const leg of [...legs.slice(shift), ...legs.slice(0, shift)]) {
    const busy = await measureLeg(leg, { connections: busyConnections, durationMs }, measuring);
    const alone = await measureLeg(leg, { connections: 1, durationMs: durationMs / 4 }, measuring);
    round.set(leg.name, { busy, alone });
  }
  return round;
}

function samplesOf(name: LegName, rounds: readonly Round[]): Pick<LegSamples, 'busy' | 'alone'> {
  const found = rounds.flatMap((round) => round.get(name) ?? []);
  return { busy: found.map(({ busy }) => busy), alone: found.map(({ alone }) => alone) };
}
