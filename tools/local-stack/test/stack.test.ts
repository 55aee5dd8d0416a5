import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findFreePort } from '../src/index.ts';

// Up to three starts of everything, on a machine that may be busy with other projects.
jest.setTimeout(180_000);

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
    expect(await end(first, 'SIGINT')).toEqual([0, null]);
    expect(await processesOf(directory)).toEqual([]);
    const second = await start();
    expect(await listTitles(second)).toEqual(['book the venue']);
    await end(second, 'SIGTERM');
    const third = await start('--reset');
    expect(await listTitles(third)).toEqual([]);
    await end(third, 'SIGINT');
  });

  it('leaves nothing running when it is killed, and starts again', async () => {
    const first = await start();
    await end(first, 'SIGKILL');
    const second = await start();
    expect(await listTitles(second)).toEqual([]);
    await end(second, 'SIGINT');
    expect(await processesOf(directory)).toEqual([]);
  });

  it('stops in good order when a terminal sends Ctrl-C to its process group and npm passes it on', async () => {
    const { process: leader } = await start();
    let output = '';
    leader.stdout?.on('data', (piece) => {
      output += piece;
    });
    const closed = once(leader, 'close');
    process.kill(-Number(leader.pid), 'SIGINT');
    leader.kill('SIGINT');
    expect(await closed).toEqual([0, null]);
    expect(output).toMatch(/\nstopping …\n[\s\S]*\nstopped\n$/);
    expect(await processesOf(directory)).toEqual([]);
  });

  it('ends at once at a second Ctrl-C', async () => {
    const { process: leader } = await start();
    const exited = once(leader, 'exit');
    const agent = (await processesOf(directory)).find(({ command }) => /^\S*node .* serve /.test(command));
    process.kill(Number(agent?.pid), 'SIGSTOP');
    leader.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    leader.kill('SIGINT');
    expect(await exited).toEqual([null, 'SIGINT']);
    process.kill(Number(agent?.pid), 'SIGCONT');
    await eventually(async () => expect(await processesOf(directory)).toEqual([]));
  });

  it('leaves nothing running when Ctrl-C comes while it starts', async () => {
    const child = run(await findFreePort());
    const exited = once(child, 'exit');
    await eventually(async () => expect((await processesOf(directory)).length).toBeGreaterThan(2));
    process.kill(-Number(child.pid), 'SIGINT');
    await exited;
    await eventually(async () => expect(await processesOf(directory)).toEqual([]));
  });

  it('refuses a directory that another one uses', async () => {
    const first = await start();
    const second = run(await findFreePort());
    const [output, [exitCode]] = await Promise.all([readAll(second), once(second, 'exit')]);
    expect(output).toMatch(/ is in use by process \d+; stop that process or choose another directory \(--data\)\n$/);
    expect(exitCode).toBe(1);
    await end(first, 'SIGINT');
  });

  it('says which port is in use', async () => {
    const port = await findFreePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const child = run(port);
    const [output, [exitCode]] = await Promise.all([readAll(child), once(child, 'exit')]);
    expect(output).toBe(
      `port ${port} for the agent is in use; stop what listens there or choose another port (--port)\n`,
    );
    expect(exitCode).toBe(1);
    holder.close();
  });

  it.each(['abc', '', '0', '65536', '80.5'])('refuses "%s" as a port', async (port) => {
    const child = run(port);
    const [output, [exitCode]] = await Promise.all([readAll(child), once(child, 'exit')]);
    expect(output).toBe(`--port is "${port}"; allowed is a whole number from 1 to 65535\n`);
    expect(exitCode).toBe(1);
  });
});

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
}

function run(port: number | string, ...extra: readonly string[]): ChildProcess {
  const program = join(import.meta.dirname, '../src/main.ts');
  return spawn(process.execPath, [program, '--port', String(port), '--data', directory, ...extra], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, STACK_DIRECTORY: directory },
    // Leads a process group, as what a shell starts at a terminal does.
    detached: true,
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

interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** What runs for the stack: each of its processes has the directory in its environment. */
async function processesOf(text: string): Promise<readonly RunningProcess[]> {
  const found = (await readdir('/proc')).map(async (pid) => {
    const environment = await readFile(join('/proc', pid, 'environ'), 'utf8').catch(() => '');
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
    return environment.includes(text) ? [{ pid: Number(pid), command: command.replaceAll('\0', ' ') }] : [];
  });
  return (await Promise.all(found)).flat();
}

async function eventually(assertion: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await assertion();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
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
