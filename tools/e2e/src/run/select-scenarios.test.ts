import { describe, expect, it } from '@jest/globals';
import type { Scenario } from '../scenario.ts';
import { selectScenarios } from './select-scenarios.ts';

function scenario(name: string, helm: Scenario['helm']): Scenario {
  return { name, title: name, helm, run: () => Promise.resolve() };
}

const scenarios = [scenario('install', [4, 3]), scenario('upgrade', [4])];

function named(selection: Parameters<typeof selectScenarios>[1]): readonly string[] {
  return selectScenarios(scenarios, selection).map((selected) => `${selected.scenario.name} ${selected.helm}`);
}

describe('selectScenarios', () => {
  it('runs every scenario with every Helm that it names, the newer one first', () => {
    expect(named({})).toEqual(['install 4', 'upgrade 4', 'install 3']);
  });

  it('runs the named ones only', () => {
    expect(named({ only: ['install'] })).toEqual(['install 4', 'install 3']);
  });

  it('runs one Helm only', () => {
    expect(named({ helm: 3 })).toEqual(['install 3']);
  });

  it('refuses a name that no scenario has, and says which there are', () => {
    expect(() => named({ only: ['instal'] })).toThrow('--only names "instal"; there are install, upgrade');
  });

  it('refuses to run nothing', () => {
    expect(() => named({ only: ['upgrade'], helm: 3 })).toThrow('no scenario is left to run');
  });
});
