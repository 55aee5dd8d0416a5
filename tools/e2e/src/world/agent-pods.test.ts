import { describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { findStaying } from './agent-pods.ts';

const leaving = pod('leaves', { phase: 'Running', image: 'agent:2', deletionTimestamp: new Date() });
const starting = pod('waits', { phase: 'Pending', image: 'agent:2' });
const replaced = pod('before', { phase: 'Running', image: 'agent:1' });
const serving = pod('serves', { phase: 'Running', image: 'agent:2' });

describe('findStaying', () => {
  it('passes over pods that end, have not begun, or are of another image', () => {
    expect(findStaying([leaving, starting, replaced, serving], 'agent:2')).toBe('serves');
  });

  it('finds nothing where no other is there', () => {
    expect(findStaying([leaving, starting, replaced], 'agent:2')).toBeUndefined();
  });
});

interface Facts {
  readonly phase: string;
  readonly image: string;
  readonly deletionTimestamp?: Date;
}

function pod(name: string, { phase, image, ...metadata }: Facts): V1Pod {
  return { metadata: { name, ...metadata }, spec: { containers: [{ name: 'agent', image }] }, status: { phase } };
}
