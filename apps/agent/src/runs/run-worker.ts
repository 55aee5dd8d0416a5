import type { Logger } from 'pino';
import { AgentError } from '../agent-error.ts';
import { type LeasedRun, type RunLease, runRepository } from '../repositories/run-repository.ts';
import type { RunFacts } from '../telemetry/tracing.ts';
import { endRun, executeRun, type RunContext } from './execute-run.ts';
import { createWaiter, runTopics } from './run-signals.ts';

export interface RunWorkerOptions extends RunContext {
  readonly owner: string;
  readonly concurrency: number;
  readonly leaseMs: number;
  /** Longest time of one attempt. @default 15 minutes */
  readonly runTimeoutMs?: number;
  readonly log: Logger;
}

const maxAttempts = 20;
const defaultRunTimeoutMs = 15 * 60_000;

/** Why an execution was stopped from outside; only the first ends the run itself. */
type StopReason = 'cancelled' | 'lease-lost' | 'shutdown';

class StopError extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the execution was stopped: ${reason}`);
    this.reason = reason;
  }
}

interface Execution {
  readonly run: LeasedRun;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Leases runs, executes them, keeps the leases alive, and hands back what it cannot finish. */
export class RunWorker {
  readonly #options: RunWorkerOptions;
  readonly #executions = new Set<Execution>();
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: RunWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#options.concurrency === 0) return;
    this.#heartbeat = setInterval(() => void this.#renew(), this.#options.leaseMs / 3);
    this.#loop = this.#leaseUntilStopped();
  }

  get busy(): number {
    return this.#executions.size;
  }

  /** Takes no more runs. */
  async stopLeasing(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** Waits for the runs in flight, then hands the rest back to the queue for another process. */
  async drain(budgetMs: number): Promise<void> {
    await this.stopLeasing();
    await settledWithin(this.#allDone(), budgetMs);
    for (const { abort } of this.#executions) abort.abort(new StopError('shutdown'));
    await this.#allDone();
    clearInterval(this.#heartbeat);
  }

  async #allDone(): Promise<void> {
    await Promise.allSettled([...this.#executions].map(({ done }) => done));
  }

  async #leaseUntilStopped(): Promise<void> {
    const { signals } = this.#options;
    const waiter = createWaiter(signals, runTopics.queued);
    while (!this.#stop.signal.aborted) {
      const free = this.#options.concurrency - this.#executions.size;
      const leased = free > 0 ? await this.#lease(free) : 0;
      if (leased < free || free === 0) await waiter.wait(withJitter(signals.pollMs), this.#stop.signal);
    }
    waiter.close();
  }

  async #lease(limit: number): Promise<number> {
    const { database, owner, leaseMs, log } = this.#options;
    try {
      const runs = await runRepository.lease(database, owner, { leaseMs, limit });
      for (const run of runs) this.#begin(run);
      return runs.length;
    } catch (error) {
      // Readiness tells that PostgreSQL is away; whatever else stops the queue shall be seen.
      log[isAway(error) ? 'debug' : 'error']({ err: error }, 'no runs could be leased');
      return 0;
    }
  }

  #begin(run: LeasedRun): void {
    const { metrics, log } = this.#options;
    metrics.runQueueWait.observe(Math.max(0, run.queued_ms) / 1000);
    if (run.was_running) {
      metrics.leaseRecoveries.inc();
      log.warn({ runId: run.id, attempt: run.attempt }, 'run taken over from a process that went silent');
    }
    this.#stopEarlierAttempt(run);
    const abort = new AbortController();
    const done = this.#execute(run, abort).finally(() => this.#end(execution));
    const execution: Execution = { run, abort, done };
    this.#executions.add(execution);
    metrics.runsActive.set(this.#executions.size);
  }

  /** A process may take over its own run: its lease expires while PostgreSQL is away or the process stands still. */
  #stopEarlierAttempt({ id }: LeasedRun): void {
    for (const { run, abort } of this.#executions) if (run.id === id) abort.abort(new StopError('lease-lost'));
  }

  #end(execution: Execution): void {
    this.#executions.delete(execution);
    this.#options.metrics.runsActive.set(this.#executions.size);
    // A slot is free: the loop may be waiting for one.
    this.#options.signals.wake(runTopics.queued);
  }

  async #execute(run: LeasedRun, abort: AbortController): Promise<void> {
    const { signals, metrics, runTimeoutMs = defaultRunTimeoutMs } = this.#options;
    const off = signals.on(runTopics.cancel(run.id), () => abort.abort(new StopError('cancelled')));
    const timer = setTimeout(() => abort.abort(new AgentError('run-timeout', { allowed: runTimeoutMs })), runTimeoutMs);
    const endTimer = metrics.runDuration.startTimer();
    try {
      if (run.cancel_requested) throw new StopError('cancelled');
      if (run.attempt > maxAttempts) throw new AgentError('attempts-exhausted', { allowed: maxAttempts });
      await this.#options.tracing.inRun(tracedFacts(run), () =>
        executeRun(run, this.#options.owner, { ...this.#options, signal: abort.signal }),
      );
    } catch (error) {
      await this.#settle(run, abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      endTimer();
      clearTimeout(timer);
      off();
    }
  }

  /** Decides what a stopped or broken execution means for the run. */
  async #settle(run: LeasedRun, reason: unknown): Promise<void> {
    const { log, metrics } = this.#options;
    const isLost =
      (reason instanceof StopError && reason.reason === 'lease-lost') ||
      (reason instanceof AgentError && reason.code === 'lease-lost');
    if (isLost) {
      metrics.leasesLost.inc();
      return log.warn({ runId: run.id, attempt: run.attempt }, 'run was taken over by another attempt');
    }
    if (reason instanceof StopError && reason.reason === 'shutdown') return this.#requeue(run);
    if (isAway(reason)) return this.#requeue(run);
    await this.#close(run, reason);
  }

  async #close(run: LeasedRun, reason: unknown): Promise<void> {
    const { log, owner } = this.#options;
    if (reason instanceof StopError)
      return this.#try(run, () => endRun(run, owner, { ...this.#options, error: undefined }));
    if (!(reason instanceof AgentError))
      log.error({ err: reason, runId: run.id }, 'run failed for a reason on our side');
    const error = reason instanceof AgentError ? reason : new AgentError('internal', {}, { cause: reason });
    await this.#try(run, () => endRun(run, owner, { ...this.#options, error }));
  }

  async #requeue(run: LeasedRun): Promise<void> {
    const { database, owner, metrics, signals, log } = this.#options;
    await this.#try(run, async () => {
      if (!(await runRepository.requeue(database, { runId: run.id, attempt: run.attempt, owner }))) return;
      metrics.runsRequeued.inc();
      log.info({ runId: run.id, attempt: run.attempt }, 'run handed back to the queue');
      signals.notify(runTopics.queued);
    });
  }

  /** Tries until the lease would have expired anyway: from then on any process may take the run over. */
  async #try(run: LeasedRun, work: () => Promise<void>): Promise<void> {
    const giveUpAt = Date.now() + this.#options.leaseMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const isWorthAnother = isAway(error) && Date.now() < giveUpAt;
        if (!isWorthAnother) return this.#options.log.warn({ err: error, runId: run.id }, 'run is left to its lease');
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** One failed heartbeat must not end anything: the lease outlives two of them. */
  async #renew(): Promise<void> {
    const { database, owner, leaseMs, log } = this.#options;
    const executions = [...this.#executions];
    if (executions.length === 0) return;
    const leases = executions.map(({ run }): RunLease => ({ runId: run.id, attempt: run.attempt, owner }));
    try {
      const held = await runRepository.renew(database, owner, { leaseMs, leases });
      stopLost(executions, held);
    } catch (error) {
      log.warn({ err: error }, 'leases could not be renewed');
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AgentError && error.code === 'database-unavailable';
}

function tracedFacts({ id, session_id: sessionId, attempt, input }: LeasedRun): RunFacts {
  return { runId: id, sessionId, attempt, traceparent: input.traceparent };
}

function stopLost(
  executions: readonly Execution[],
  held: readonly { readonly id: string; readonly cancel_requested: boolean }[],
): void {
  const state = new Map(held.map(({ id, cancel_requested: isCancelled }) => [id, isCancelled]));
  for (const { run, abort } of executions) {
    if (!state.has(run.id)) abort.abort(new StopError('lease-lost'));
    if (state.get(run.id) === true) abort.abort(new StopError('cancelled'));
  }
}

async function settledWithin(work: Promise<void>, timeoutMs: number): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(() => timeout.resolve(), timeoutMs);
  await Promise.race([work, timeout.promise]);
  clearTimeout(timer);
}

function withJitter(ms: number): number {
  return ms * (0.75 + Math.random() * 0.5);
}
