import { describe, expect, it } from '@jest/globals';
import type { ScenarioReport } from '../report/run-report.ts';
import { judgeMutation } from './judge-mutation.ts';

const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };
const base = { name: 'install', title: '', helm: 4, startedAtMs: 0, endedAtMs: 1, ...nothing } as const;
const failure = { message: 'POST /v1/tasks ended with no answer' };

describe('judgeMutation', () => {
  it('takes the expected failure as a success, and says what was noticed', () => {
    const judged = judgeMutation({ ...base, status: 'failed', failure }, { failure: /no answer/ });
    expect(judged).toMatchObject({ status: 'passed', notes: [{ name: 'noticed', value: failure.message }] });
    expect(judged.failure).toBeUndefined();
  });

  it('takes a scenario that passes as a failure of the scenario', () => {
    const judged: ScenarioReport = judgeMutation({ ...base, status: 'passed' }, { failure: /no answer/ });
    expect(judged).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('does not check what it promises') },
    });
  });

  it('takes a failure for another reason as a failure', () => {
    const judged = judgeMutation({ ...base, status: 'failed', failure }, { failure: /PodSecurity/ });
    expect(judged.failure?.message).toBe(`the scenario failed, but not because of /PodSecurity/:\n${failure.message}`);
  });
});
