import { describe, expect, it } from '@jest/globals';
import { collectVariants } from './bring-images.ts';

const next = { tag: '0.2.0', files: { 'sql/0015-add-note.sql': 'select 1;' } };

describe('collectVariants', () => {
  it('takes a tag that two scenarios fill alike once', () => {
    const scenarios = [
      { name: 'upgrade', images: [next] },
      { name: 'rollback', images: [{ ...next }] },
      { name: 'guards' },
    ];
    expect(collectVariants(scenarios)).toEqual([next]);
  });

  it('refuses a tag that two scenarios fill differently', () => {
    const other = { tag: '0.2.0', files: {} };
    expect(() =>
      collectVariants([
        { name: 'upgrade', images: [next] },
        { name: 'rollback', images: [other] },
      ]),
    ).toThrow('scenario rollback asks for an image with tag 0.2.0');
  });
});
