import { AgentError } from '../agent-error.ts';
import type { Database } from '../database/database.ts';
import { type NewRunEvent, runEventRepository } from '../repositories/run-event-repository.ts';
import type { RunLease } from '../repositories/run-repository.ts';
import { type RunSignals, runTopics } from './run-signals.ts';

const flushAfterMs = 20;

/** Writes the pieces of an answer in batches: one statement for many, and never more than 20 ms late. */
export class EventWriter {
  readonly #database: Database;
  readonly #signals: RunSignals;
  readonly #lease: RunLease;
  #waiting: NewRunEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  /** The first half of a character whose second half has yet to come. */
  #half = '';

  constructor(database: Database, signals: RunSignals, lease: RunLease) {
    this.#database = database;
    this.#signals = signals;
    this.#lease = lease;
  }

  /** @throws what a former write failed with: the attempt must not go on without its record */
  add(event: NewRunEvent): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#waiting.push(this.#withWholeCharacters(event));
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), flushAfterMs);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Drops what is waiting and lets a write in flight end, so that nobody else's write can meet it. */
  async discard(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = [];
    await this.#writing;
  }

  /** A character that a model sends in two pieces goes whole into the second: PostgreSQL holds no halves. */
  #withWholeCharacters(event: NewRunEvent): NewRunEvent {
    const text = event.type === 'message.delta' ? `${this.#half}${event.data.text}` : '';
    const end = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
    this.#half = text.slice(end);
    return text === '' ? event : { ...event, data: { ...event.data, text: text.slice(0, end) } };
  }

  async #write(): Promise<void> {
    const events = mergeText(this.#waiting);
    this.#waiting = [];
    if (events.length === 0 || this.#failure !== undefined) return;
    try {
      const seq = await runEventRepository.append(this.#database, this.#lease, events);
      if (seq === undefined) throw new AgentError('lease-lost', { value: this.#lease.runId });
      this.#signals.notify(runTopics.events(this.#lease.runId));
    } catch (error) {
      this.#failure = error;
    }
  }
}

/** Neighbouring pieces of text become one event. */
function mergeText(events: readonly NewRunEvent[]): readonly NewRunEvent[] {
  const merged: NewRunEvent[] = [];
  for (const event of events) {
    const previous = merged.at(-1);
    if (previous === undefined || !isContinued(previous, event)) merged.push(event);
    else
      merged[merged.length - 1] = {
        ...event,
        data: { ...event.data, text: `${previous.data.text}${event.data.text}` },
      };
  }
  return merged;
}

function isContinued(previous: NewRunEvent, event: NewRunEvent): boolean {
  return event.type === 'message.delta' && previous.type === event.type && previous.data.step === event.data.step;
}
