import type { Answer, AnswerPart } from '../models/answer.ts';

/** One stream of parts that any number of callers read from its beginning, each at its own pace. */
export class Recording {
  readonly #parts: AnswerPart[] = [];
  readonly #abort = new AbortController();
  readonly #end = Promise.withResolvers<Answer>();
  /** There only while a reader waits: parts come by the hundred, and seldom is one waited for. */
  #grown: PromiseWithResolvers<void> | undefined;
  #isEnded = false;
  #readers = 0;

  constructor() {
    // Every reader may have left; nobody listening is no reason to end the process.
    this.#end.promise.catch(() => undefined);
  }

  /** Aborted when the last reader has left before the end: nobody waits for the answer any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Settles with the recording. */
  get finished(): Promise<Answer> {
    return this.#end.promise;
  }

  add(part: AnswerPart): void {
    this.#parts.push(part);
    this.#grow();
  }

  end(answer: Answer): void {
    this.#isEnded = true;
    this.#end.resolve(answer);
    this.#grow();
  }

  fail(error: unknown): void {
    this.#isEnded = true;
    this.#end.reject(error);
    this.#grow();
  }

  /** Resolves when there is a part to read, and rejects when the recording failed before it had one. */
  async started(): Promise<void> {
    if (this.#parts.length === 0 && !this.#isEnded) await this.#growth();
    if (this.#parts.length === 0) await this.#end.promise;
  }

  /** Counts a caller that will read; pair it with {@link leave}. */
  join(): void {
    this.#readers += 1;
  }

  leave(): void {
    this.#readers -= 1;
    if (this.#readers === 0 && !this.#isEnded) this.#abort.abort(new Error('every reader has left'));
  }

  async *read(signal: AbortSignal | undefined): AsyncGenerator<AnswerPart, Answer> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#parts.length && !this.#isEnded) await abortable(this.#growth(), signal);
      const part = this.#parts[index];
      if (part === undefined) return await this.#end.promise;
      yield part;
    }
  }

  #growth(): Promise<void> {
    this.#grown ??= Promise.withResolvers();
    return this.#grown.promise;
  }

  #grow(): void {
    this.#grown?.resolve();
    this.#grown = undefined;
  }
}

/** Rejects with the signal's reason as soon as it is aborted; the promise itself goes on. */
export async function abortable<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return promise;
  if (signal.aborted) {
    // The promise goes on without anybody who waits: its failure must not end the process.
    promise.catch(() => undefined);
    throw signal.reason;
  }
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
