import { describe, expect, it } from '@jest/globals';
import { describeBuild } from './describe-build.ts';

const build = { module: 'etcd', packages: 12, elapsedSeconds: 40, expectedSeconds: 120 };

describe('describeBuild', () => {
  it('sets the time so far beside the time that is expected', () => {
    expect(describeBuild(build)).toBe('etcd: 12 packages in 40 s of about 2 min');
  });

  it('says why it takes longer than expected', () => {
    expect(describeBuild({ ...build, elapsedSeconds: 300 })).toBe(
      'etcd: 12 packages in 5 min where an idle machine takes about 2 min',
    );
  });
});
