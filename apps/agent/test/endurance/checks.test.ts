import { describe, expect, it } from '@jest/globals';
import { type Check, Checks } from './checks.ts';

describe('checks', () => {
  it('tell each result and go on after a failure', () => {
    const told: Check[] = [];
    const checks = new Checks((check) => told.push(check));
    checks.equal('same', { a: [1] }, { a: [1] });
    checks.equal('other', 1, 2);
    checks.atLeast('many', 3, 4);
    checks.atMost('few', 3, 4);
    expect(told).toEqual(checks.results);
    expect(told.map(({ claim, isGood, detail }) => [claim, isGood, detail])).toEqual([
      ['same', true, '{"a":[1]}'],
      ['other', false, '1; expected 2'],
      ['many', false, '3; at least 4 expected'],
      ['few', true, '3'],
    ]);
  });
});
