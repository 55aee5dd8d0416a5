import { describe, expect, it } from '@jest/globals';
import { clusterLayout } from '@task-api/cluster';
import { chooseForeign } from './choose-foreign.ts';

const load = 'kind load image-archive {}';
const existing = import.meta.filename;

describe('chooseForeign', () => {
  it.each([undefined, '', clusterLayout.kubeconfig])(
    'takes KUBECONFIG=%s for the cluster of this repository',
    (kubeconfig) => {
      expect(chooseForeign({ kubeconfig, load: undefined })).toBeUndefined();
      expect(() => chooseForeign({ kubeconfig, load })).toThrow(`--load "${load}" needs KUBECONFIG`);
    },
  );

  it('takes another one with the command that brings images into it', () => {
    expect(chooseForeign({ kubeconfig: existing, load })).toEqual({ kubeconfig: existing, load });
  });

  it('leaves a cluster alone that happens to be in the environment', () => {
    expect(() => chooseForeign({ kubeconfig: existing, load: undefined })).toThrow(
      /add --load .*, or unset KUBECONFIG/,
    );
  });

  it.each(['/nowhere/config', `${existing}:${existing}`])('refuses KUBECONFIG=%s, which is no file', (kubeconfig) => {
    expect(() => chooseForeign({ kubeconfig, load })).toThrow(`KUBECONFIG is ${kubeconfig}, and there is no such file`);
  });
});
