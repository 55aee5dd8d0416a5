import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findFreePort } from '../src/index.ts';
import { isAlive } from '../src/process-identity.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'task-api-stack-'));
  await chmod(directory, 0o711);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the local stack', () => {
  it('serves, keeps data over a restart until it is told to begin anew, and leaves nothing running', async () => {
    const first = await start();
    await addTask(first, 'book the venue');
    const postmaster = await readPostmaster();
    expect(await end(first, 'SIGINT')).toEqual([0, null]);
    expect(isAlive(postmaster)).toBe(false);
    const second = await start();
    expect(await listTitles(second)).toEqual(['book the venue']);
    await end(second, 'SIGTERM');
    const third = await start('--reset');
    expect(await listTitles(third)).toEqual([]);
    await end(third, 'SIGINT');
  });

  it('leaves nothing running when it is killed, and starts again', async () => {
    const first = await start();
    const postmaster = await readPostmaster();
    await end(first, 'SIGKILL');
    const second = await start();
    expect(isAlive(postmaster)).toBe(false);
    expect(await listTitles(second)).toEqual([]);
    await end(second, 'SIGINT');
  });

  it('says which port is in use', async () => {
    const port = await findFreePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const child = run(port);
    const [output, [exitCode]] = await Promise.all([readAll(child), once(child, 'exit')]);
    expect(output).toBe(`port ${port} for the agent is in use; stop what listens there or choose another port\n`);
    expect(exitCode).toBe(1);
    holder.close();
  });
});

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
}

function run(port: number, ...extra: readonly string[]): ChildProcess {
  const program = join(import.meta.dirname, '../src/main.ts');
  return spawn(process.execPath, [program, '--port', String(port), '--data', directory, ...extra], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function start(...extra: readonly string[]): Promise<Running> {
  const port = await findFreePort();
  const child = run(port, ...extra);
  await untilPrinted(child, 'Ctrl-C stops everything');
  return { process: child, port };
}

function untilPrinted(child: ChildProcess, text: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(`it ended:\n${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        if (output.includes(text)) resolve();
      });
    }
  });
}

async function readAll(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stderr ?? []) output += chunk;
  return output;
}

async function end(running: Running, signal: NodeJS.Signals): Promise<readonly unknown[]> {
  const exited = once(running.process, 'exit');
  running.process.kill(signal);
  return exited;
}

async function readPostmaster(): Promise<number> {
  return Number.parseInt(await readFile(join(directory, 'postgres/data/postmaster.pid'), 'utf8'), 10);
}

async function addTask({ port }: Running, title: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title }),
  });
  expect(response.status).toBe(201);
}

async function listTitles({ port }: Running): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/tasks`);
  const titles = [...(await response.text()).matchAll(/"title":"([^"]*)"/g)];
  return titles.map(([, title = '']) => title);
}
