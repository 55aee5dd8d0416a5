import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts the bundle without a database: it must live, not be ready, show its page, log where in the sources it has
 * failed, and end in order.
 */
export async function smokeRun(bundle: string): Promise<void> {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    DRAIN_DELAY_MS: '0',
    LOG_LEVEL: 'debug',
  };
  const child = spawn(process.execPath, [bundle, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await expectLog(child, /at .*\bapps\/agent\/src\/database\/database\.ts:\d+/);
    await expectStatus(port, '/healthz', 200);
    await expectStatus(port, '/readyz', 503);
    for (const path of ['/', '/page.js', '/page.css', '/openapi.json']) await expectStatus(port, path, 200);
    await expectCleanEnd(child);
  } finally {
    child.kill('SIGKILL');
  }
}

async function expectLog({ stdout }: ChildProcess, expected: RegExp): Promise<void> {
  let text = '';
  const found = Promise.withResolvers<void>();
  stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    if (expected.test(text)) found.resolve();
  });
  const late = sleep(10_000, undefined, { ref: false }).then(() => {
    throw new Error(`the bundle does not log ${expected}, but:\n${text}`);
  });
  await Promise.race([found.promise, late]);
}

async function expectStatus(port: number, path: string, expected: number): Promise<void> {
  const status = await statusOf(`http://127.0.0.1:${port}${path}`);
  if (status !== expected) throw new Error(`the bundle answers ${path} with ${status}, expected is ${expected}`);
}

async function statusOf(url: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return response.status;
    if (attempt === 100) throw new Error(`the bundle does not answer ${url}`);
    await sleep(100);
  }
}

async function expectCleanEnd(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the bundle ended with exit code ${code} after SIGTERM, expected is 0`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}
