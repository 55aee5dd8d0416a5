import { describe, expect, it } from '@jest/globals';
import { typescriptLines } from './typescript-lines.ts';

const text = `import { defineEnvironment } from '@task-api/values';

const hosts = [
  { host: 'a.example.com' },
  { host: 'b.example.com' },
];
const shared = {
  replicaCount: 2,
};

export default defineEnvironment({
  tier: 'dev',
  values: {
    ...shared,
    'quoted.key': 1,
    ingress: { hosts, enabled: true },
    resources: {
      requests: { cpu: '1' },
    } as const,
  },
});
`;

describe('typescriptLines', () => {
  const lineOf = typescriptLines({ file: 'environment.ts', text });

  it.each([
    [['tier'], 12],
    [['values', 'quoted.key'], 15],
    [['values', 'resources', 'requests', 'cpu'], 18],
    [['values', 'replicaCount'], 8],
    [['values', 'ingress', 'hosts', '1', 'host'], 5],
  ])('finds %j, also behind a spread, a cast and the name of a constant', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it('falls back to the nearest key around, and to the declaration', () => {
    expect(lineOf(['values', 'resources', 'limits', 'memory'])).toBe(17);
    expect(lineOf(['sync'])).toBe(11);
  });

  it('looks into a named constant', () => {
    expect(typescriptLines({ file: 'tiers.ts', text }, 'shared')(['replicaCount'])).toBe(8);
    expect(typescriptLines({ file: 'tiers.ts', text }, 'missing')(['replicaCount'])).toBeUndefined();
  });
});
