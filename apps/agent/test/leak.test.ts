import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const rounds = 5;
const requestsPerRound = 480;
/** In the first rounds code is compiled, connections are opened and caches get their first entries. */
const warmRounds = 2;
/** Far more than caches still gain, and a third of what eight kilobytes a request add up to: compiled code goes at times. */
const allowedBytes = ((rounds - warmRounds - 1) * requestsPerRound * 8192) / 3;

describe('the heap', () => {
  it('does not grow over some thousand requests of every kind', async () => {
    expect(await growthBytes([])).toBeLessThan(allowedBytes);
  });

  it('would be seen to grow if eight kilobytes of each request stayed', async () => {
    expect(await growthBytes(['leaking'])).toBeGreaterThan(allowedBytes);
  });
});

/** From the first warm round to the last one. */
async function growthBytes(variant: readonly string[]): Promise<number> {
  const probe = join(import.meta.dirname, 'support/heap-probe.ts');
  const options = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
  const args = [...options, probe, String(rounds), String(requestsPerRound), ...variant];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const heapBytes: readonly number[] = JSON.parse(stdout);
  return Number(heapBytes.at(-1)) - Number(heapBytes[warmRounds]);
}
