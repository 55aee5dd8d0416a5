/** One request in the form in which it is repeated. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The first `########` in it is replaced by the number of the request. */
  readonly body?: string;
  /** After this many numbers they begin again with 0; a later load with the same request goes on where the last one ended. @default 1 */
  readonly numbers?: number;
}

export const numberMark = '########';

export interface LoadPlan {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  readonly request: LoadRequest;
  /** Ends after this time, or after this many requests, whichever comes first. */
  readonly durationMs?: number;
  readonly requests?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly elapsedMs: number;
  /** How often each outcome was seen: the status, and what `x-cache` said. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
