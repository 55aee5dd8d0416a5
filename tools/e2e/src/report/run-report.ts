import type { LoadReport } from '../load/program/load-report.ts';
import type { PodLane } from './pod-lanes.ts';

/** Everything that a run found out, as `report.json` has it. Instants are milliseconds since 1970. */
export interface RunReport {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly environment: Environment;
  readonly scenarios: readonly ScenarioReport[];
}

export interface Environment {
  readonly machine: string;
  readonly cluster: 'own' | 'foreign';
  readonly kubernetesVersion: string;
  readonly nodes: readonly string[];
  /** From nothing running to all nodes ready; absent when the cluster ran already. */
  readonly bootMs?: number;
  readonly imagesMs?: number;
  readonly imagesBytes?: number;
  readonly chart: string;
  readonly lane: string;
  readonly helm: Readonly<Record<string, string>>;
  readonly memory?: MemoryFigures;
}

/** Memory of the whole machine that was in use, cluster and suite included. */
export interface MemoryFigures {
  readonly beforeBytes: number;
  readonly peakBytes: number;
}

export interface ScenarioReport {
  readonly name: string;
  readonly title: string;
  readonly helm: number;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failure?: Failure;
  /** Why the first of two attempts failed, where the second one counts. */
  readonly firstFailure?: Failure;
  /** The mutation of the chart under which it had to fail. */
  readonly mutation?: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly steps: readonly Step[];
  readonly commands: readonly CommandSpan[];
  readonly pods: readonly PodLane[];
  readonly loads: readonly LoadReport[];
  readonly notes: readonly Note[];
  readonly evidence: readonly Evidence[];
}

export interface Failure {
  readonly message: string;
  /** The step in which it happened. */
  readonly step?: string;
}

export interface Step {
  readonly title: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly outcome: 'passed' | 'failed';
}

export interface CommandSpan {
  readonly command: string;
  readonly exitCode: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** The end of what it printed. */
  readonly output: string;
}

export interface Note {
  readonly name: string;
  readonly value: string;
}

export interface Evidence {
  readonly title: string;
  readonly text: string;
}
