import { describe, expect, it } from '@jest/globals';
import { defineEnvironment } from './define-environment.ts';
import { type EnvironmentFiles, loadEnvironment } from './environment.ts';
import { ValuesError } from './values-error.ts';

const input = defineEnvironment({
  tier: 'dev',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-qa' },
  chart: 'floating',
  sync: { automated: true, selfHeal: true },
});
const release =
  'chart: { revision: main }\nimage: { repository: task-api/agent, tag: 1.4.0 }\nmigrations: { head: none }\ncommits: []\n';
const files: EnvironmentFiles = {
  name: 'qa',
  source: { file: 'environments/qa/environment.ts', text: 'export default {};\n' },
  release: { file: 'environments/qa/release.yaml', text: release },
  evaluate: async () => input,
};

describe('loadEnvironment', () => {
  it('gives the input and the release', async () => {
    expect(await loadEnvironment(files)).toMatchObject({
      name: 'qa',
      input,
      release: { image: { tag: '1.4.0' } },
      source: files.source,
    });
  });

  it('refuses a directory whose name Kubernetes would not take', async () => {
    await expect(loadEnvironment({ ...files, name: 'QA_2' })).rejects.toThrow(
      'environments/QA_2 is "QA_2"; allowed is a directory named with small letters, digits and inner dashes, at most 54',
    );
    await expect(loadEnvironment({ ...files, name: 'qa-2' })).resolves.toMatchObject({ name: 'qa-2' });
  });

  it('keeps what was thrown, with the line where it was', async () => {
    const cause = new Error('no host');
    cause.stack = 'Error: no host\n    at file:///checkout/environments/qa/environment.ts?evaluation=1:7:11';
    const failed = loadEnvironment({ ...files, evaluate: () => Promise.reject(cause) });
    await expect(failed).rejects.toThrow(
      'environments/qa/environment.ts:7: environment.ts throws when it is evaluated: no host',
    );
    await expect(failed).rejects.toMatchObject({ rule: 'environment-throws', line: 7, cause });
  });

  it('reports every mistake of the input at once', async () => {
    const wrong = defineEnvironment({ ...input, destination: { server: 'http://cluster', namespace: 'QA' } });
    const failed = loadEnvironment({ ...files, evaluate: async () => wrong });
    await expect(failed).rejects.toMatchObject({ errors: [expect.any(ValuesError), expect.any(ValuesError)] });
  });
});
