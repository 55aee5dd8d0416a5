import type { LoadReport } from '../load/program/load-report.ts';
import type { NamespaceRecord } from '../recorder/namespace-record.ts';
import type { Note, Step } from '../report/run-report.ts';
import type { Kubectl } from '../world/kubectl.ts';
import type { CommandResult } from './run-program.ts';

export interface RecordedNamespace {
  readonly namespace: string;
  readonly record: NamespaceRecord;
  readonly kubectl: Kubectl;
}

/** What a scenario did and saw, for the report. */
export interface ScenarioJournal {
  readonly steps: Step[];
  readonly commands: CommandResult[];
  readonly loads: LoadReport[];
  readonly notes: Note[];
  readonly records: RecordedNamespace[];
  step<Value>(title: string, action: () => Promise<Value>): Promise<Value>;
}

/** An empty journal; `onStep` hears of each step as it begins. */
export function newScenarioJournal(onStep: (title: string) => void): ScenarioJournal {
  const steps: Step[] = [];
  return { steps, commands: [], loads: [], notes: [], records: [], step: (title, action) => recordStep(title, action) };

  async function recordStep<Value>(title: string, action: () => Promise<Value>): Promise<Value> {
    onStep(title);
    const startedAtMs = Date.now();
    const add = (outcome: Step['outcome']) => steps.push({ title, startedAtMs, endedAtMs: Date.now(), outcome });
    try {
      const value = await action();
      add('passed');
      return value;
    } catch (error) {
      add('failed');
      throw error;
    }
  }
}
