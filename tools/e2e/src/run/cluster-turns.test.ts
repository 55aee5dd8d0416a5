import { describe, expect, it } from '@jest/globals';
import { ClusterTurns, type TakeTurn } from './cluster-turns.ts';

const never = new AbortController().signal;

interface Actor {
  readonly takeTurn: TakeTurn;
  end(): Promise<void>;
}

/** A scenario that does what it is told. */
async function begin(turns: ClusterTurns): Promise<Actor> {
  const begun = Promise.withResolvers<TakeTurn>();
  const ended = Promise.withResolvers<void>();
  const shared = turns.share((takeTurn) => {
    begun.resolve(takeTurn);
    return ended.promise;
  });
  const end = () => {
    ended.resolve();
    return shared;
  };
  return { takeTurn: await begun.promise, end };
}

async function beginTwo(): Promise<readonly [Actor, Actor]> {
  const turns = new ClusterTurns();
  return [await begin(turns), await begin(turns)];
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) === pending;
}

describe('ClusterTurns', () => {
  it('gives the cluster to one scenario once the others have ended', async () => {
    const [one, other] = await beginTwo();
    const taken = one.takeTurn(never);
    expect(await isPending(taken)).toBe(true);
    await other.end();
    expect(await isPending(taken)).toBe(false);
  });

  it('gives it to the second that waits only when the first has ended', async () => {
    const [one, other] = await beginTwo();
    const [first, second] = [one.takeTurn(never), other.takeTurn(never)];
    (await first)();
    expect(await isPending(second)).toBe(true);
    await one.end();
    expect(await isPending(second)).toBe(false);
  });

  it('gives it first to the one that began first, however late that one asks', async () => {
    const [one, other] = await beginTwo();
    const late = other.takeTurn(never);
    const giveBack = await one.takeTurn(never);
    expect(await isPending(late)).toBe(true);
    giveBack();
    await one.end();
    expect(await isPending(late)).toBe(false);
  });

  it('lets nobody begin while one has it', async () => {
    const turns = new ClusterTurns();
    const giveBack = await (await begin(turns)).takeTurn(never);
    const newcomer = begin(turns);
    expect(await isPending(newcomer)).toBe(true);
    giveBack();
    expect(await isPending(newcomer)).toBe(false);
  });

  it('forgets one that stops waiting', async () => {
    const [one, other] = await beginTwo();
    const deadline = new AbortController();
    const taken = one.takeTurn(deadline.signal);
    deadline.abort(new Error('too late'));
    await expect(taken).rejects.toThrow('a turn alone on the cluster');
    await one.end();
    expect(await isPending(other.takeTurn(never))).toBe(false);
  });

  it('gives no turn to one whose time is up before it asks', async () => {
    const { takeTurn } = await begin(new ClusterTurns());
    await expect(takeTurn(AbortSignal.abort(new Error('too late')))).rejects.toThrow('a turn alone on the cluster');
  });
});
