import { describe, expect, it } from '@jest/globals';
import { judgeAims } from './aims.ts';
import type { LegSamples } from './compare-legs.ts';
import type { LegName } from './leg.ts';
import { summariseLeg } from './summarise-leg.ts';

/** Rounds with this processor time of the server, and 10 µs of Redis each. */
function samplesOf(name: LegName, serverUs: readonly number[]): LegSamples {
  const busy = serverUs.map((server) => ({
    requestsPerSecond: 1000,
    p50Ms: 1,
    p99Ms: 2,
    cpuUs: { server, redis: 10, postgres: 0, upstream: 500 },
    redisHits: 1,
    otherwise: 0,
  }));
  return { name, cold: undefined, busy, alone: busy };
}

const base = samplesOf('fastify-redis', [30, 70, 30]);

describe('the summary of a leg', () => {
  it('compares within each round, so that a slow round of the machine counts for both', () => {
    const summary = summariseLeg(samplesOf('agent-process', [38, 86, 40]), base);
    expect(summary.timesBase?.median).toBe(1.2);
    expect(summary.allCpuUs).toEqual({ median: 50, min: 48, max: 96 });
  });

  it('leaves the upstream out of what an answer costs', () => {
    expect(summariseLeg(base, base).allCpuUs.median).toBe(40);
  });
});

describe('an aim', () => {
  it.each([
    ['met', [38, 86, 40], true],
    ['missed', [50, 110, 50], false],
  ])('is %s by the median over rounds', (_verdict, serverUs, isMet) => {
    const [verdict] = judgeAims([summariseLeg(samplesOf('agent-process', serverUs), base)]);
    expect(verdict?.isMet).toBe(isMet);
  });
});
