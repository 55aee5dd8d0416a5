import { describe, expect, it } from '@jest/globals';
import { formatCpu, formatMemory } from './quantities.ts';

describe('quantities in tables', () => {
  it.each([
    [100, '0.1'],
    [250, '0.25'],
    [4250, '4.25'],
    [3000, '3'],
  ])('shows %d thousandths of a core as %s', (millis, text) => expect(formatCpu(millis)).toBe(text));

  it.each([
    [256 * 2 ** 20, '256Mi'],
    [2 ** 30, '1Gi'],
    [9.5 * 2 ** 30, '9.5Gi'],
  ])('shows %d bytes as %s', (bytes, text) => expect(formatMemory(bytes)).toBe(text));
});
