import { fuzzAgent } from '../../support/fuzz-agent.ts';
import { startTestAgent } from '../../support/test-agent.ts';
import type { Endurance } from '../scenario.ts';

/** Requests made from the description of the API, valid and not. */
export const scenario: Endurance = {
  name: 'fuzz',
  title: '6,000 requests that fit the API, nearly fit it, or do not fit it at all',
  run: async ({ scaled, checks, figure }) => {
    const agent = await startTestAgent();
    const seed = Date.now() % 1_000_000;
    figure('seed', `${seed} (FUZZ_SEED of the test in fuzz.test.ts)`);
    const { statuses, failures } = await fuzzAgent(agent, { requests: scaled(6000), seed });
    figure('answers by status', JSON.stringify(statuses));
    checks.equal('answers of 5xx, and refusals without a code', failures, []);
    checks.equal('errors logged', agent.logs.filter((line) => line.includes('"level":50')).length, 0);
    const health = await fetch(`${agent.url}/readyz`);
    checks.equal('readiness afterwards', health.status, 200);
  },
};
