import { describe, expect, it } from '@jest/globals';
import { findStaying } from './agent-pods.ts';

const leaving = { metadata: { name: 'before', deletionTimestamp: new Date() }, status: { phase: 'Running' } };
const starting = { metadata: { name: 'waits' }, status: { phase: 'Pending' } };
const running = { metadata: { name: 'serves' }, status: { phase: 'Running' } };

describe('findStaying', () => {
  it('passes over pods that end or have not begun', () => {
    expect(findStaying([leaving, starting, running])).toBe('serves');
  });

  it('finds nothing where every pod ends', () => {
    expect(findStaying([leaving])).toBeUndefined();
  });
});
