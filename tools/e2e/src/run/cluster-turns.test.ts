import { describe, expect, it } from '@jest/globals';
import { type Alone, ClusterTurns } from './cluster-turns.ts';

const never = new AbortController().signal;

interface Actor {
  readonly shared: Promise<unknown>;
  /** Has the scenario ask for the cluster; resolves when it has it, with what gives it back. */
  takeAlone(signal?: AbortSignal): Promise<() => void>;
  end(): void;
}

/** A scenario that does what it is told. */
async function begin(turns: ClusterTurns): Promise<Actor> {
  const begun = Promise.withResolvers<Alone>();
  const ended = Promise.withResolvers<void>();
  const shared = turns.share((alone) => {
    begun.resolve(alone);
    return ended.promise;
  });
  const alone = await begun.promise;
  return {
    shared,
    end: ended.resolve,
    takeAlone(signal = never) {
      const taken = Promise.withResolvers<() => void>();
      const work = () => {
        const given = Promise.withResolvers<void>();
        taken.resolve(given.resolve);
        return given.promise;
      };
      alone(work, signal).catch(taken.reject);
      return taken.promise;
    },
  };
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) === pending;
}

describe('ClusterTurns', () => {
  it('gives the cluster to one scenario once the others have ended', async () => {
    const turns = new ClusterTurns();
    const [one, other] = [await begin(turns), await begin(turns)];
    const taken = one.takeAlone();
    expect(await isPending(taken)).toBe(true);
    other.end();
    await other.shared;
    expect(await isPending(taken)).toBe(false);
  });

  it('gives it to the second that waits only when the first has ended', async () => {
    const turns = new ClusterTurns();
    const [one, other] = [await begin(turns), await begin(turns)];
    const [first, second] = [one.takeAlone(), other.takeAlone()];
    (await first)();
    expect(await isPending(second)).toBe(true);
    one.end();
    await one.shared;
    expect(await isPending(second)).toBe(false);
  });

  it('lets nobody begin while one has it', async () => {
    const turns = new ClusterTurns();
    const giveBack = await (await begin(turns)).takeAlone();
    const newcomer = begin(turns);
    expect(await isPending(newcomer)).toBe(true);
    giveBack();
    expect(await isPending(newcomer)).toBe(false);
  });

  it('forgets one that stops waiting', async () => {
    const turns = new ClusterTurns();
    const [one, other] = [await begin(turns), await begin(turns)];
    const deadline = new AbortController();
    const taken = one.takeAlone(deadline.signal);
    deadline.abort(new Error('too late'));
    await expect(taken).rejects.toThrow('a turn alone on the cluster');
    one.end();
    await one.shared;
    expect(await isPending(other.takeAlone())).toBe(false);
    await expect((await begin(new ClusterTurns())).takeAlone(deadline.signal)).rejects.toThrow('a turn alone');
  });
});
