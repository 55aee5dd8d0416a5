import { afterAll, describe, expect, it } from '@jest/globals';
import { fuzzAgent } from './support/fuzz-agent.ts';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

/** Set FUZZ_REQUESTS for a long hunt. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 600);
const seed = Number(process.env.FUZZ_SEED ?? 4);

afterAll(stopTestAgents);

describe('any request', () => {
  it('gets an answer of ours: no 5xx, and a code and a request id with every refusal', async () => {
    const agent = await startTestAgent();
    const { statuses, failures } = await fuzzAgent(agent, { requests, seed });
    expect(failures).toEqual([]);
    // Requests that all failed in the same way would prove little.
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '201', '400', '404']));
    expect(agent.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  }, 600_000);
});
