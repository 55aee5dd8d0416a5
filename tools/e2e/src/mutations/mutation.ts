import type { HelmMajor } from '@task-api/helm';

/** Replaces a text in a file of the chart. A text that is not there is an error: the chart has moved on. */
export interface MutationEdit {
  /** Path inside the built chart; `charts/redis/…` are the dependencies. */
  readonly file: string;
  readonly find: string | RegExp;
  readonly replace: string;
}

/** A mistake that somebody could make in the chart, and the scenario that has to notice. */
export interface Mutation {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  readonly edits: readonly MutationEdit[];
  /** Name of the scenario. */
  readonly scenario: string;
  /** What the scenario's failure has to say. */
  readonly failure: RegExp;
  /** @default 4 */
  readonly helm?: HelmMajor;
}
