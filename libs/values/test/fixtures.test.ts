import { describe, expect, it } from '@jest/globals';
import { valuesRules } from '../src/values-error.ts';
import { expectationsOf, type FixtureFolder, fixtureNames, mistakesOf } from './fixture.ts';

describe('an invalid environment', () => {
  it.each(fixtureNames('invalid'))('%s says what it breaks and where', async (name) => {
    expect(await messagesOf('invalid', name)).toEqual(expectationsOf('invalid', name));
  });

  it.each(fixtureNames('invalid'))('%s expects a message and has a valid twin', (name) => {
    expect(expectationsOf('invalid', name)).not.toEqual([]);
    expect(fixtureNames('valid')).toContain(name);
  });

  it('exists for every rule', async () => {
    const mistakes = await Promise.all(fixtureNames('invalid').map((name) => mistakesOf('invalid', name)));
    expect(new Set(mistakes.flat().map(({ rule }) => rule))).toEqual(new Set(valuesRules));
  });
});

describe('a valid environment', () => {
  it.each(fixtureNames('valid'))('%s is accepted', async (name) => {
    expect(await messagesOf('valid', name)).toEqual([]);
  });
});

async function messagesOf(folder: FixtureFolder, name: string): Promise<readonly string[]> {
  const mistakes = await mistakesOf(folder, name);
  return mistakes.map(({ message }) => message);
}
