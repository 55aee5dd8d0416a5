import { type AgentProcess, startAgentProcess } from '../../support/agent-process.ts';
import { type Body, createClient, readEvents, type ServerEvent } from '../../support/api-client.ts';
import { completion, type Respond, startUpstream, toolCall, uncachedModelOf } from '../../support/mock-upstream.ts';
import { ownDatabase } from '../../support/test-agent.ts';
import { countBy, inParallel } from '../load.ts';
import { checkRuns, untilQueueIsEmpty } from '../run-ledger.ts';
import type { Endurance } from '../scenario.ts';

/** Each client starts a run and follows it to its end, whoever has to go on with it. */
export const scenario: Endurance = {
  name: 'process-kills',
  title: '600 slow runs whose streams clients follow, while replicas get SIGTERM and SIGKILL in turn',
  run: async ({ scaled, checks, figure }) => {
    const count = scaled(600);
    const upstream = await startUpstream();
    upstream.respondWith(addsThenTalks);
    const database = await ownDatabase();
    const fleet = await Fleet.start({
      DATABASE_URL: database.url,
      ...uncachedModelOf(upstream),
      WORKERS: '12',
      DRAIN_DELAY_MS: '300',
      LOG_LEVEL: 'info',
    });
    const clients: RunClient[] = [];
    const isDone = () => clients.filter(({ isEnded }) => isEnded).length === count;
    const killing = fleet.killUntil(isDone);
    await inParallel({ count, width: 24 }, async (index) => {
      const client = new RunClient(fleet, `killed run number ${index}`);
      clients.push(client);
      await client.finish();
    });
    const exits = await killing;
    await untilQueueIsEmpty(database.url, 60_000);
    figure('processes ended', JSON.stringify(exits));
    figure(
      'requests repeated',
      clients.reduce((sum, { repeats }) => sum + repeats, 0),
    );
    figure(
      'streams resumed with Last-Event-ID',
      clients.reduce((sum, { resumptions }) => sum + resumptions, 0),
    );
    const promised = new Map(clients.map(({ runId, title }) => [runId, title]));
    const { retried, mostAttempts } = await checkRuns(database.url, promised, checks);
    figure('runs taken over', `${retried}, at most ${mostAttempts} attempts`);
    checks.equal('runs, each ordered once however often it was asked for', promised.size, count);
    checks.equal('streams with a gap or a repetition', clients.filter(({ isInOrder }) => !isInOrder).length, 0);
    checks.equal('streams that end otherwise', clients.filter(({ last }) => last !== 'run.completed').length, 0);
    checks.atLeast('runs that were taken over', retried, 1);
    checks.equal('errors logged', fleet.errors(), []);
    checks.equal('processes that SIGTERM ended otherwise than with 0', exits['SIGTERM otherwise'] ?? 0, 0);
  },
};

/** Adds one task, then talks for a second: there is time to be killed before and after the side effect. */
const addsThenTalks: Respond = (response, request) => {
  const hasResult = request.body.messages.at(-1)?.role === 'tool';
  const title = String(request.body.messages[1]?.content);
  const respond = hasResult
    ? completion('an answer that takes its time', { wordPauseMs: 100 })
    : toolCall('create_task', { title });
  return respond(response, request);
};

type Environment = Readonly<Record<string, string>>;

/** Two replicas, of which one is ended again and again and replaced. */
class Fleet {
  readonly #env: Environment;
  #replicas: readonly AgentProcess[] = [];
  #all: readonly AgentProcess[] = [];
  #next = 0;

  constructor(env: Environment) {
    this.#env = env;
  }

  static async start(env: Environment): Promise<Fleet> {
    const fleet = new Fleet(env);
    await fleet.#add();
    await fleet.#add();
    return fleet;
  }

  /** A replica's address, another one each time. */
  url(): string {
    this.#next += 1;
    return this.#replicas[this.#next % this.#replicas.length]?.url ?? '';
  }

  errors(): readonly string[] {
    return this.#all.flatMap(({ logs }) => logs.filter((line) => !/"level":(10|20|30|40)/.test(line)));
  }

  async killUntil(isDone: () => boolean): Promise<Readonly<Record<string, number>>> {
    const exits: Promise<string>[] = [];
    for (let round = 0; !isDone(); round += 1) {
      await this.#add();
      exits.push(this.#end(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL'));
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    return countBy(await Promise.all(exits));
  }

  async #add(): Promise<void> {
    const replica = await startAgentProcess(this.#env);
    this.#replicas = [...this.#replicas, replica];
    this.#all = [...this.#all, replica];
  }

  /** Clients learn of the end by the connection alone, as they do of a crash. */
  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<string> {
    const [oldest, ...rest] = this.#replicas;
    this.#replicas = rest;
    oldest?.child.kill(signal);
    const exit = await oldest?.exited;
    return exit === (signal === 'SIGTERM' ? 0 : signal) ? `${signal} in order` : `${signal} otherwise`;
  }
}

/** A client that gives up on no request: each POST has its Idempotency-Key, each stream goes on where it broke. */
class RunClient {
  readonly title: string;
  readonly #fleet: Fleet;
  readonly #seen: number[] = [];
  runId = '';
  last = '';
  isEnded = false;
  repeats = 0;
  resumptions = 0;

  constructor(fleet: Fleet, title: string) {
    this.#fleet = fleet;
    this.title = title;
  }

  get isInOrder(): boolean {
    return this.#seen.every((id, index) => id === index + 1);
  }

  async finish(): Promise<void> {
    const session = await this.#post('/v1/sessions', {}, 'session');
    const path = `/v1/sessions/${session.id}/runs`;
    const run = await this.#post(path, { input: this.title }, 'run');
    this.runId = run.id;
    while (!this.last.startsWith('run.') && this.repeats < mostRepeats) await this.#follow(`${path}/${run.id}/stream`);
    this.isEnded = true;
  }

  async #post(path: string, body: object, purpose: string): Promise<Body> {
    for (; ; await this.#pause()) {
      const key = { 'idempotency-key': `${purpose} of ${this.title}` };
      const answer = await createClient(this.#fleet.url())
        .post(path, body, key)
        .catch(() => undefined);
      if (answer !== undefined && answer.status < 300) return answer.body;
      if (this.repeats > mostRepeats) throw new Error(`${path} was answered with ${answer?.status} to the end`);
    }
  }

  async #follow(path: string): Promise<void> {
    const after = this.#seen.length;
    if (after > 0) this.resumptions += 1;
    try {
      const response = await fetch(`${this.#fleet.url()}${path}`, { headers: { 'last-event-id': String(after) } });
      for await (const event of readEvents(response)) this.#take(event);
    } catch {
      // The process is gone: the next one is asked for the rest.
    }
    if (!this.last.startsWith('run.')) await this.#pause();
  }

  #take({ id, type }: ServerEvent): void {
    if (type !== 'shutdown') this.#seen.push(id);
    if (type !== 'run.started' && type !== 'run.resumed') this.last = type;
  }

  async #pause(): Promise<void> {
    this.repeats += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const mostRepeats = 500;
