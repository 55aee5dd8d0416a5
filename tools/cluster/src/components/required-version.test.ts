import { describe, expect, it } from '@jest/globals';
import { requiredVersion } from './required-version.ts';

const goMod = `module x

require k8s.io/kubernetes v1.34.4

require (
	k8s.io/api v0.34.4 // indirect
)

replace k8s.io/metrics => k8s.io/metrics v0.34.4
`;

describe('requiredVersion', () => {
  it('finds a requirement on a line of its own and one in a block', () => {
    expect(requiredVersion(goMod, 'k8s.io/kubernetes')).toBe('v1.34.4');
    expect(requiredVersion(goMod, 'k8s.io/api')).toBe('v0.34.4');
  });

  it('does not take a replacement for a requirement', () => {
    expect(() => requiredVersion(goMod, 'k8s.io/metrics')).toThrow(
      'could not build k8s.io/metrics from go.mod: it is not required there',
    );
  });
});
