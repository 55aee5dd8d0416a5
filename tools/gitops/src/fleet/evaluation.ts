/** What the main thread asks the worker to read. */
export interface EvaluationRequest {
  /** file: URL of the environment.ts. */
  readonly url: string;
}

/** What one evaluation of an environment.ts came to. */
export type EvaluationResult =
  | {
      readonly kind: 'data';
      /** undefined when there is no default export. */
      readonly json: string | undefined;
      /** Whether defineEnvironment made it. */
      readonly isDefined: boolean;
    }
  | { readonly kind: 'not-data'; readonly path: string; readonly found: string }
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly stack: string };

/** By the environment's name, one result for each time that it was evaluated. */
export type Evaluations = ReadonlyMap<string, readonly EvaluationResult[]>;
