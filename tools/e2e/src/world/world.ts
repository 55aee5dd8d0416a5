import type { ClusterUnderTest, Machines } from '../cluster/cluster-under-test.ts';
import type { Load, LoadOptions } from '../load/start-load.ts';
import type { NamespaceRecord, NamespaceState } from '../recorder/namespace-record.ts';
import type { AgentClient } from './agent-client.ts';
import type { ChartUnderTest } from './chart-under-test.ts';
import type { HelmClient } from './helm-client.ts';
import type { Kubectl } from './kubectl.ts';
import type { LiveObjects } from './live-objects.ts';
import type { WaitOptions } from './wait-for.ts';

/** What a scenario has to work with: an empty namespace of its own and everything to act in it and to look at it. */
export interface World {
  /** Enforces Pod Security "restricted"; removed after the scenario. */
  readonly namespace: string;
  /** The release is called `task-api`, and so are the agent's Deployment and Service. */
  readonly release: 'task-api';
  readonly chart: ChartUnderTest;
  readonly cluster: ClusterUnderTest;
  readonly helm: HelmClient;
  readonly kubectl: Kubectl;
  /** Asks the API server now. */
  readonly objects: LiveObjects;
  /** What was heard since the namespace was made: the present, and every change with its time. */
  readonly record: NamespaceRecord;
  readonly agent: AgentClient;
  /** Folder for temporary files, which may not exist yet; removed after the run. */
  readonly scratch: string;
  /** Whether endurance is asked for (`--soak`). */
  readonly isSoak: boolean;
  /** Aborted at the deadline of the scenario. */
  readonly signal: AbortSignal;
  /** @throws {E2eError} `no-machines` on a foreign cluster */
  readonly machines: () => Machines;
  /** Works while no other scenario does, which may be much later. For those that stop nodes. */
  alone<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Names what is going on: shown live, and a mark on the timeline. */
  step<Value>(title: string, action: () => Promise<Value>): Promise<Value>;
  /** Waits, without sleeping, until `read` finds something in the recorded state. */
  waitFor<Value>(
    what: string,
    read: (state: NamespaceState) => Value | undefined | false,
    options?: WaitOptions,
  ): Promise<Value>;
  /** Repeats what can only be asked for, such as an answer of the agent, until it does not throw. */
  eventually<Value>(
    what: string,
    attempt: () => Promise<Value>,
    options?: { readonly timeoutMs?: number },
  ): Promise<Value>;
  startLoad(options?: LoadOptions): Promise<Load>;
  /** Puts a figure into the report: `world.note('longest gap', '0.2 s')`. */
  note(name: string, value: string | number): void;
  /** Another namespace for the same scenario, with a world of its own (a stranger's pods, an external database). */
  openNamespace(suffix: string, labels?: Readonly<Record<string, string>>): Promise<World>;
}
