import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import { formatImages } from './format-images.ts';

const archive = {
  path: 'out/images.tar',
  layoutDirectory: 'out/layout',
  digest: `sha256:${'0'.repeat(64)}`,
  images: [
    { role: 'pause', reference: 'r/pause:1', digest: `sha256:${'a'.repeat(64)}`, bytes: 712_345 },
    { role: 'postgresql', reference: 'r/pg:15', digest: `sha256:${'b'.repeat(64)}`, bytes: 105_121_800 },
  ],
} as const;

describe('formatImages', () => {
  const text = formatImages(archive, picocolors.createColors(false));

  it('shows a line for each image', () => {
    expect(text).toContain(
      [
        'image       reference  digest               size',
        'pause       r/pause:1  sha256:aaaaaaaaaaaa  0.7 MB',
        'postgresql  r/pg:15    sha256:bbbbbbbbbbbb  105.1 MB',
      ].join('\n'),
    );
  });

  it.each(['kind load image-archive', 'k3s ctr images import', 'docker load --input'])(
    'says how to load it: %s',
    (way) => {
      expect(text).toContain(`${way} out/images.tar`);
    },
  );
});
