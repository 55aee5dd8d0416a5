import { describe, expect, it } from '@jest/globals';
import { CircuitBreaker } from './circuit-breaker.ts';

function createBreaker(more: { readonly lastingMs?: number } = {}) {
  const clock = { now: 0 };
  const changes: string[] = [];
  const breaker = new CircuitBreaker({
    threshold: 2,
    pauseMs: 100,
    ...more,
    now: () => clock.now,
    onChange: (state) => changes.push(state),
  });
  return { breaker, clock, changes };
}

describe('CircuitBreaker', () => {
  it('opens after failures in a row, and tells each change once', () => {
    const { breaker, changes } = createBreaker();
    breaker.fail();
    expect(breaker.admits()).toBe(true);
    breaker.fail();
    breaker.fail();
    expect([breaker.admits(), changes]).toEqual([false, ['open']]);
  });

  it('does not open while successes come between', () => {
    const { breaker } = createBreaker();
    for (let round = 0; round < 5; round += 1) {
      breaker.fail();
      breaker.succeed();
    }
    expect(breaker.admits()).toBe(true);
  });

  it('does not open for failures at one moment, only for those that go on', () => {
    const { breaker, clock } = createBreaker({ lastingMs: 50 });
    for (let call = 0; call < 20; call += 1) breaker.fail();
    expect(breaker.admits()).toBe(true);
    clock.now = 50;
    breaker.fail();
    expect(breaker.admits()).toBe(false);
  });

  it('lets one trial through per pause, and closes when it succeeds', () => {
    const { breaker, clock, changes } = createBreaker();
    breaker.fail();
    breaker.fail();
    clock.now = 100;
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    breaker.succeed();
    expect([breaker.admits(), changes]).toEqual([true, ['open', 'closed']]);
  });
});
