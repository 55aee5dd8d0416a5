import { setTimeout as sleep } from 'node:timers/promises';
import { parseCompletion } from '../chat/completion-format.ts';
import type { Answer, AnswerPart } from '../models/answer.ts';
import { partsOfAnswer } from '../models/answer.ts';
import type { CallModel, Delivery } from '../models/call-model.ts';
import type { ModelCall } from '../models/language-model.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { AnswerLock, AnswerStore, Lookup, LookupFailure } from './answer-store.ts';
import { cacheKey } from './cache-key.ts';
import { type CachedAnswer, isCacheable, toCachedAnswer } from './cached-answer.ts';
import { abortable, Recording } from './recording.ts';

export type CacheMode = 'default' | 'no-cache' | 'no-store';
export type CacheOutcome = 'HIT' | 'MISS' | 'BYPASS' | 'DEGRADED' | 'COALESCED';

export interface InferenceRequest {
  readonly tenant: string;
  readonly call: Omit<ModelCall, 'abortSignal'>;
  readonly cacheMode: CacheMode;
  /** `whole` for a caller who waits for the end anyway. @default 'parts' */
  readonly delivery?: Delivery;
  readonly signal?: AbortSignal | undefined;
  /** What {@link InferenceService.recallShared} has just said, so that Redis is not asked twice. */
  readonly lookup?: LookupFailure | undefined;
}

export interface Inference {
  readonly outcome: CacheOutcome;
  /** Present for answers out of the cache. */
  readonly cached?: CachedAnswer;
  /** Under which the cache may hold the answer from now on; absent where it was told not to look. */
  readonly key?: string;
  parts(): AsyncGenerator<AnswerPart, Answer>;
}

export interface InferenceOptions {
  readonly provider: string;
  readonly model: string;
  readonly callModel: CallModel;
  /** Absent when caching is off. */
  readonly store: AnswerStore | undefined;
  readonly readOnlyTools: ReadonlySet<string>;
  readonly metrics: Metrics;
}

/** Asks the model, or whoever has asked it the same before or is asking it now. */
export class InferenceService {
  readonly #options: InferenceOptions;
  readonly #flights = new Map<string, Flight>();

  constructor(options: InferenceOptions) {
    this.#options = options;
  }

  /** The answer that this process has kept for a key of {@link keyOf}, counted as a look-up when there is one. */
  recall(key: string): CachedAnswer | undefined {
    const entry = this.#options.store?.local(key);
    if (entry !== undefined) this.#count('HIT');
    return entry;
  }

  /** What Redis holds for a key; counted as a look-up when it is an answer, which the process then keeps. */
  async recallShared(key: string): Promise<Lookup | undefined> {
    const { store } = this.#options;
    // Whoever asks the model already is faster than Redis would be.
    if (store === undefined || this.#running(key) !== undefined) return undefined;
    const lookup = await store.shared(key);
    if (lookup.state === 'found') this.#count('HIT');
    return lookup;
  }

  /** Resolves once the first part is there, so that a failure becomes a status and not a broken stream. */
  async infer(request: InferenceRequest): Promise<Inference> {
    const inference = await this.#find(request);
    this.#count(inference.outcome);
    return inference;
  }

  #count(outcome: CacheOutcome): void {
    const { metrics } = this.#options;
    metrics.inferences.count(outcome);
    const lookup = lookups[outcome];
    if (lookup !== undefined) metrics.cacheRequests.count(lookup);
  }

  keyOf({ tenant, call }: Pick<InferenceRequest, 'tenant' | 'call'>): string {
    const { provider, model } = this.#options;
    return cacheKey({ tenant, provider, model, call });
  }

  async #find(request: InferenceRequest): Promise<Inference> {
    const { store } = this.#options;
    if (store === undefined || request.cacheMode === 'no-store')
      return this.#join(this.#depart(request, { outcome: 'BYPASS' }), request);
    const key = this.keyOf(request);
    if (request.cacheMode === 'no-cache') return this.#join(this.#depart(request, { outcome: 'BYPASS', key }), request);
    const local = store.local(key);
    const inference = local === undefined ? await this.#share(request, key, store) : fromCache(local);
    return { ...inference, key };
  }

  /** Who finds the answer in Redis needs nobody else: only asking the model is shared. */
  async #share(request: InferenceRequest, key: string, store: AnswerStore): Promise<Inference> {
    const running = this.#running(key);
    if (running !== undefined) return this.#join(running, request, 'COALESCED');
    const found = request.lookup === undefined ? await store.shared(key) : { state: request.lookup };
    if (found.state === 'found') return fromCache(found.entry);
    // Somebody else may have asked, and may even have been answered, since we began to look.
    const local = store.local(key);
    if (local !== undefined) return fromCache(local);
    const started = this.#running(key);
    if (started !== undefined) return this.#join(started, request, 'COALESCED');
    return this.#lead(request, { key, store, lookup: found.state });
  }

  #running(key: string): Flight | undefined {
    const flight = this.#flights.get(key);
    return flight?.recording.signal.aborted ? undefined : flight;
  }

  #lead(request: InferenceRequest, plan: Omit<Departure, 'request'>): Promise<Inference> {
    const flight = new Flight();
    this.#flights.set(plan.key, flight);
    flight.recording.finished.catch(() => undefined).finally(() => this.#forget(plan.key, flight));
    void this.#prepare(flight, { request, ...plan });
    return this.#join(flight, request);
  }

  /**
   * Waits for the replica that is asking, if one is, then asks; a flight never fails silently. Whoever has waited in
   * vain asks at once, with the lock or without: an answer that may not be kept shall not send the replicas one after
   * the other. Those who come later find the lock taken.
   */
  async #prepare(flight: Flight, { request, key, store, lookup }: Departure): Promise<void> {
    try {
      if (lookup === 'unanswered') return await this.#fly(flight, { request, key, outcome: 'DEGRADED' });
      const lock = await store.lock(key);
      if (lock !== undefined) return await this.#fly(flight, { request, key, outcome: 'MISS', lock });
      const awaited = await awaitOtherReplica(store, key, flight.recording.signal);
      if (awaited !== undefined) return flight.land(awaited, 'COALESCED');
      await this.#fly(flight, { request, key, outcome: 'MISS', lock: await store.lock(key) });
    } catch (error) {
      flight.fail(error);
    }
  }

  /** An abandoned flight may have been replaced before it ended. */
  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  #depart(request: InferenceRequest, plan: { readonly outcome: CacheOutcome; readonly key?: string }): Flight {
    const flight = new Flight();
    void this.#fly(flight, { request, ...plan });
    return flight;
  }

  async #fly(flight: Flight, { request, key, outcome, lock }: Plan): Promise<void> {
    flight.outcome.resolve(outcome);
    try {
      const answer = await record(
        this.#options.callModel({ ...request.call, abortSignal: flight.recording.signal }, request.delivery ?? 'parts'),
        flight.recording,
      );
      // Nobody waits for Redis: the process has the answer already, and the lock is released only afterwards.
      const kept = this.#keep(answer, key);
      flight.recording.end(answer);
      await kept;
    } catch (error) {
      flight.recording.fail(error);
    } finally {
      await lock?.release();
    }
  }

  async #keep(answer: Answer, key: string | undefined): Promise<void> {
    const { store, readOnlyTools } = this.#options;
    if (store === undefined || key === undefined || !isCacheable(answer, readOnlyTools)) return;
    await store.keep(key, toCachedAnswer(answer, this.#options.model));
  }

  async #join(flight: Flight, { signal }: InferenceRequest, outcome?: CacheOutcome): Promise<Inference> {
    const leave = joined(flight.recording, signal);
    try {
      const own = await abortable(flight.started(), signal);
      if (flight.cached === undefined)
        return { outcome: outcome ?? own, parts: () => readAndLeave(flight.recording, { signal, leave }) };
      leave();
      return fromCache(flight.cached, own === 'HIT' ? own : (outcome ?? own));
    } catch (error) {
      leave();
      throw error;
    }
  }
}

/** What a look-up in the cache came to; a bypass looks nothing up. */
const lookups: Readonly<Record<CacheOutcome, 'hit' | 'miss' | 'error' | undefined>> = {
  HIT: 'hit',
  COALESCED: 'hit',
  MISS: 'miss',
  DEGRADED: 'error',
  BYPASS: undefined,
};

class Flight {
  readonly recording = new Recording();
  readonly outcome = Promise.withResolvers<CacheOutcome>();
  cached: CachedAnswer | undefined;

  constructor() {
    // Whoever asked may have left; nobody listening is no reason to end the process.
    this.outcome.promise.catch(() => undefined);
  }

  /** Resolves with the outcome once there is something to read. */
  async started(): Promise<CacheOutcome> {
    const outcome = await this.outcome.promise;
    await this.recording.started();
    return outcome;
  }

  /** Ends with a kept answer, which every reader takes apart by itself if it wants parts. */
  land(entry: CachedAnswer, outcome: CacheOutcome): void {
    this.cached = entry;
    this.outcome.resolve(outcome);
    this.recording.end(parseCompletion(entry.completion));
  }

  fail(error: unknown): void {
    this.outcome.reject(error);
    this.recording.fail(error);
  }
}

interface Departure {
  readonly request: InferenceRequest;
  readonly key: string;
  readonly store: AnswerStore;
  /** What Redis said when it was asked for the key. */
  readonly lookup: LookupFailure;
}

interface Plan {
  readonly request: InferenceRequest;
  readonly key?: string | undefined;
  readonly outcome: CacheOutcome;
  readonly lock?: AnswerLock | undefined;
}

async function record(parts: AsyncGenerator<AnswerPart, Answer>, recording: Recording): Promise<Answer> {
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return value;
    recording.add(value);
  }
}

interface Reader {
  readonly signal: AbortSignal | undefined;
  readonly leave: () => void;
}

async function* readAndLeave(recording: Recording, { signal, leave }: Reader): AsyncGenerator<AnswerPart, Answer> {
  try {
    return yield* recording.read(signal);
  } finally {
    leave();
  }
}

/** Counts a reader until it has read, or its signal says that it is gone, whether it ever began to read or not. */
function joined(recording: Recording, signal: AbortSignal | undefined): () => void {
  let isThere = true;
  const leave = () => {
    if (isThere) recording.leave();
    isThere = false;
    signal?.removeEventListener('abort', leave);
  };
  recording.join();
  signal?.addEventListener('abort', leave, { once: true });
  return leave;
}

function fromCache(cached: CachedAnswer, outcome: CacheOutcome = 'HIT'): Inference {
  return { outcome, cached, parts: () => replay(parseCompletion(cached.completion)) };
}

async function* replay(answer: Answer): AsyncGenerator<AnswerPart, Answer> {
  yield* partsOfAnswer(answer);
  return answer;
}

const pollMs = 25;

/**
 * The other replica's answer; undefined when it ended without one that may be kept, or Redis went away. Rejects when
 * nobody waits any more.
 */
async function awaitOtherReplica(
  store: AnswerStore,
  key: string,
  signal: AbortSignal,
): Promise<CachedAnswer | undefined> {
  while (await store.isLocked(key)) await sleep(pollMs, undefined, { signal });
  const found = await store.shared(key);
  return found.state === 'found' ? found.entry : undefined;
}
