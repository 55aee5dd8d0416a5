import { describe, expect, it } from '@jest/globals';
import { NamespaceRecord } from '../recorder/namespace-record.ts';
import { eventually, waitFor } from './wait-for.ts';

function recordOf(...names: readonly string[]): NamespaceRecord {
  const record = new NamespaceRecord();
  for (const name of names) record.add({ atMs: 0, kind: 'Pod', change: 'added', object: { metadata: { name } } });
  return record;
}

const signal = new AbortController().signal;

describe('waitFor', () => {
  it('finds what is there already', async () => {
    const record = recordOf('a');
    expect(await waitFor('a', (state) => state.find('Pod', 'a'), { record, signal })).toMatchObject({
      metadata: { name: 'a' },
    });
  });

  it('looks again at each change', async () => {
    const record = recordOf();
    const waiting = waitFor('b', (state) => state.list('Pod').length === 2, { record, signal });
    for (const name of ['a', 'b'])
      record.add({ atMs: 0, kind: 'Pod', change: 'added', object: { metadata: { name } } });
    expect(await waiting).toBe(true);
  });

  it('gives up at the deadline and says what it saw last', async () => {
    const waiting = waitFor('b to come', (state) => state.find('Pod', 'b'), {
      record: recordOf('a'),
      signal,
      timeoutMs: 1,
    });
    await expect(waiting).rejects.toThrow('waited 0.001 s for b to come, in vain; last seen:\n  a unknown, not ready');
  });

  it('ends with the scenario', async () => {
    const stop = new AbortController();
    const waiting = waitFor('b', () => false, { record: recordOf(), signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toThrow('stopped while waiting for b');
  });

  it('passes on a mistake in the question', async () => {
    const wrong = () => {
      throw new TypeError('no such field');
    };
    await expect(waitFor('b', wrong, { record: recordOf(), signal })).rejects.toThrow('no such field');
  });
});

describe('eventually', () => {
  it('asks again until there is an answer', async () => {
    let attempts = 0;
    const attempt = async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('not yet');
      return attempts;
    };
    expect(await eventually('an answer', attempt, { signal })).toBe(3);
  });

  it('gives up with the last reason', async () => {
    const attempt = () => Promise.reject(new Error('connection refused'));
    await expect(eventually('an answer', attempt, { signal, timeoutMs: 0 })).rejects.toThrow(
      /in vain; last seen:\nconnection refused/,
    );
  });
});
