import { describe, expect, it } from '@jest/globals';
import { expectationsOf, fixtureNames, messagesOf } from './fixture.ts';

describe('an invalid environment', () => {
  it.each(fixtureNames('invalid'))('%s says what it breaks and where', async (name) => {
    expect(await messagesOf('invalid', name)).toEqual(expectationsOf('invalid', name));
  });

  it.each(fixtureNames('invalid'))('%s expects a message and has a valid twin', (name) => {
    expect(expectationsOf('invalid', name)).not.toEqual([]);
    expect(fixtureNames('valid')).toContain(name);
  });
});

describe('a valid environment', () => {
  it.each(fixtureNames('valid'))('%s is accepted', async (name) => {
    expect(await messagesOf('valid', name)).toEqual([]);
  });
});
