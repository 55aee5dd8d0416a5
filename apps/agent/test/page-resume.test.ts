import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page, type Request, type Route } from 'playwright-core';
import { createClient } from './support/api-client.ts';
import { findChromium } from './support/find-chromium.ts';
import { completion, startUpstream, type Upstream, uncachedModelOf } from './support/mock-upstream.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

const executablePath = findChromium();
const describeWithChromium = executablePath === undefined ? describe.skip : describe;

const starts = '**/runs/stream';
const resumes = '**/runs/*/stream';
const cancels = '**/runs/*/cancel';

describeWithChromium('the page, when its connection fails', () => {
  let upstream: Upstream;
  let agent: TestAgent;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    upstream = await startUpstream();
    agent = await startTestAgent({ env: uncachedModelOf(upstream) });
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(agent.url);
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await browser?.close();
    await stopTestAgents();
  });

  it('starts the run of a question once, though the answer to its start is lost', async () => {
    upstream.respondWith(completion('the first answer'), completion('the second answer'));
    await ask('the first question');
    await idle();
    const asked = await intercept(starts, [startAndCut]);
    await ask('the second question');
    await idle();
    expect(await answers()).toEqual(['the first answer', 'the second answer']);
    const keys = asked.map((request) => request.headers()['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(await runsOf(asked)).toEqual(['completed', 'completed']);
  });

  it('asks a question again that has never arrived', async () => {
    upstream.respondWith(completion('the first answer'), completion('the second answer'));
    await ask('the first question');
    await idle();
    const asked = await intercept(starts, [(route) => route.abort('connectionreset'), answer(503)]);
    await ask('the second question');
    await idle();
    expect(await answers()).toEqual(['the first answer', 'the second answer']);
    expect(asked.length).toBe(3);
  });

  it('says at once why a question is refused', async () => {
    const asked = await intercept(starts, [answer(400)]);
    await ask('a question');
    await idle();
    expect([await failures(), asked.length]).toEqual([['no: 400'], 1]);
  });

  it('says at once that a question is refused in words of a proxy', async () => {
    const asked = await intercept(starts, [(route) => route.fulfill({ status: 403, json: { reason: 'firewall' } })]);
    await ask('a question');
    await idle();
    expect([await failures(), asked.length]).toEqual([['The server answered 403.'], 1]);
  });

  it('stops the run of the question that was asked last, not one before it', async () => {
    const end = Promise.withResolvers<void>();
    upstream.respondWith(completion('the first answer'), completion('never said', { until: end.promise }));
    await ask('the first question');
    await idle();
    const held = Promise.withResolvers<void>();
    const asked = await intercept(starts, [(route) => held.promise.then(() => route.continue())]);
    const cancelled = await intercept(cancels, []);
    await ask('the second question');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.waitForTimeout(200);
    const cancelledBefore = cancelled.length;
    held.resolve();
    await idle();
    end.resolve();
    expect([cancelledBefore, await failures()]).toEqual([0, ['Stopped.']]);
    expect(await runsOf(asked)).toEqual(['cancelled', 'completed']);
  });

  it.each([429, 502, 503, 504])('waits as it is told and goes on where it was after a %d', async (status) => {
    const end = Promise.withResolvers<void>();
    upstream.respondWith(completion('told in parts', { until: end.promise }));
    await intercept(starts, [tellBeginning]);
    const times: number[] = [];
    const resumed = await intercept(resumes, [refuseAt(times, status), goOnAt(times, end.resolve)]);
    await ask('a question');
    await idle();
    expect([await answers(), await failures()]).toEqual([['told in parts'], []]);
    const [first, second] = resumed.map((request) => request.headers()['last-event-id']);
    expect([Number(first) > 0, second]).toEqual([true, first]);
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(950);
  });

  it('leaves a run that it may not follow any more', async () => {
    upstream.respondWith(completion('told in parts'));
    await intercept(starts, [tellBeginning]);
    const resumed = await intercept(resumes, [answer(404)]);
    await ask('a question');
    await idle();
    expect([await failures(), resumed.length]).toEqual([['no: 404'], 1]);
  });

  it('takes a run for ended that has no more to tell', async () => {
    upstream.respondWith(completion('told in parts'));
    await intercept(starts, [tellBeginning]);
    const resumed = await intercept(resumes, [(route) => route.fulfill({ status: 204 })]);
    await ask('a question');
    await idle();
    expect([await failures(), resumed.length]).toEqual([[], 1]);
  });

  async function ask(text: string): Promise<void> {
    await page.getByLabel('What should be done?').fill(text);
    await page.keyboard.press('Enter');
  }

  async function idle(): Promise<void> {
    await page.locator('#send:enabled').waitFor();
  }

  async function answers(): Promise<readonly string[]> {
    const texts = await page.locator('#messages .text').allTextContents();
    return texts.filter((_, index) => index % 2 === 1);
  }

  function failures(): Promise<readonly string[]> {
    return page.locator('#messages .failure').allTextContents();
  }

  /** The requests of these URLs; the first ones are handled as said, the others go on. */
  async function intercept(urls: string, handlers: readonly Handler[]): Promise<readonly Request[]> {
    const requests: Request[] = [];
    await page.route(urls, (route, request) => {
      requests.push(request);
      return (handlers[requests.length - 1] ?? goOn)(route, request);
    });
    return requests;
  }

  /** How the runs of a session have ended, newest first. */
  async function runsOf([start]: readonly Request[]): Promise<readonly string[]> {
    const path = new URL(start?.url() ?? '').pathname.replace(/\/stream$/, '');
    return (await createClient(agent.url).get(path)).body.data.map(({ status }) => status);
  }
});

type Handler = (route: Route, request: Request) => Promise<void>;

const goOn: Handler = (route) => route.continue();

function answer(status: number): Handler {
  const headers = status === 503 ? { 'retry-after': '1' } : {};
  return (route) => route.fulfill({ status, headers, json: { error: { message: `no: ${status}` } } });
}

function refuseAt(times: number[], status: number): Handler {
  return (route) => {
    times.push(Date.now());
    return route.fulfill({ status, headers: { 'retry-after': '1' }, body: 'upstream is away' });
  };
}

function goOnAt(times: number[], then: () => void): Handler {
  return async (route) => {
    times.push(Date.now());
    then();
    await route.continue();
  };
}

/** The agent starts the run; the page sees its connection end before it has any of the answer. */
const startAndCut: Handler = async (route, request) => {
  const response = await send(request);
  await response.body?.cancel();
  await route.abort('connectionreset');
};

/** The agent starts the run; the page sees its stream end after the first words. */
const tellBeginning: Handler = async (route, request) => {
  const response = await send(request);
  const headers = { 'content-type': 'text/event-stream', 'x-run-id': response.headers.get('x-run-id') ?? '' };
  await route.fulfill({ headers, body: await beginningOf(response) });
};

async function beginningOf(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const [beginning] = /^.*?event: message\.delta\n.*?\n\n/s.exec(text) ?? [];
    if (beginning !== undefined) return beginning;
  }
  throw new Error(`the run has said nothing: ${text}`);
}

function send(request: Request): Promise<Response> {
  const { 'content-type': type = '', 'idempotency-key': key = '' } = request.headers();
  return fetch(request.url(), {
    method: request.method(),
    headers: { 'content-type': type, 'idempotency-key': key },
    body: request.postData(),
  });
}
