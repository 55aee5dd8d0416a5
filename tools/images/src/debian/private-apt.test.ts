import { describe, expect, it } from '@jest/globals';
import { parseSimulation } from './private-apt.ts';

describe('parseSimulation', () => {
  it('reads what would be installed, new or over an older version, and skips what would be configured', () => {
    const text = [
      'Inst gcc-12-base (12.2.0-14+deb12u1 Debian:12.12/oldstable [amd64])',
      'Inst tzdata [2024a] (2026f-0+deb12u1 Debian:12.12/oldstable, Debian-Security:12 [all]) []',
      'Conf gcc-12-base (12.2.0-14+deb12u1 Debian:12.12/oldstable [amd64])',
    ].join('\n');
    expect(parseSimulation(text)).toEqual([
      { name: 'gcc-12-base', version: '12.2.0-14+deb12u1' },
      { name: 'tzdata', version: '2026f-0+deb12u1' },
    ]);
  });
});
