import { describe, expect, it } from '@jest/globals';
import { packageProject } from './package-project.ts';

const facts = { root: 'libs/values', manifest: { name: '@task-api/values' }, isBundled: false };

describe('packageProject', () => {
  it('lints and tests every package', () => {
    expect(Object.keys(packageProject(facts).targets ?? {})).toEqual(['lint', 'test']);
  });

  it('builds what an image runs', () => {
    expect(packageProject({ ...facts, isBundled: true }).targets?.build).toMatchObject({
      outputs: ['{projectRoot}/dist/image'],
    });
  });

  it('runs tests again when Helm changes, where they use it', () => {
    const manifest = { name: '@task-api/values', devDependencies: { '@task-api/helm': '*' } };
    expect(packageProject({ ...facts, manifest }).targets?.test?.inputs).toContain('helm');
    expect(packageProject(facts).targets?.test?.inputs).not.toContain('helm');
  });

  it('is marked when its tests read files of other projects', () => {
    const manifest = { nx: { namedInputs: { reads: ['fleet'] } } };
    expect(packageProject({ ...facts, manifest }).tags).toEqual(['reads:repository']);
    expect(packageProject(facts).tags).toEqual([]);
  });

  it('keeps what jest found as an output, so that cached tests are counted too', () => {
    expect(packageProject(facts).targets?.test?.outputs).toEqual([
      '{workspaceRoot}/dist/{projectRoot}/test-results.json',
    ]);
  });
});
