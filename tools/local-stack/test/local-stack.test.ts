import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { findFreePort, type PostgresServer, startPostgres, startRedis } from '../src/index.ts';
import { isAlive } from '../src/process-identity.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

let parent: string;
let initialised: string;
let directory: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'task-api-stack-'));
  await chmod(parent, 0o711);
  initialised = join(parent, 'initialised');
  await (await startPostgres({ directory: initialised, storage: 'fast' })).stop();
});
beforeEach(async () => {
  directory = await mkdtemp(join(parent, 'test-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

/** Gives the test a data directory in a tenth of the time that initdb takes. */
const copyInitialised = () => promisify(execFile)('cp', ['-a', `${initialised}/.`, directory]);

describe('startPostgres', () => {
  it('serves a database and leaves nothing running', async () => {
    const server = await startPostgres({ directory, storage: 'fast' });
    expect(await queryValue(server, 'select 1 + 1')).toBe(2);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('asks for the password that it was made with', async () => {
    const server = await startPostgres({ directory, storage: 'fast', password: 'correct' });
    await expect(queryValue(server, 'select 1', 'wrong')).rejects.toThrow('password authentication failed');
    expect(await queryValue(server, 'select 1', 'correct')).toBe(1);
    await server.stop();
  });

  it('keeps data over a restart', async () => {
    const first = await startPostgres({ directory, storage: 'fast' });
    await queryValue(first, 'create table kept ()');
    await first.stop();
    const second = await startPostgres({ directory, storage: 'fast' });
    expect(await queryValue(second, `select to_regclass('kept')::text`)).toBe('kept');
    await second.stop();
  });

  it('takes over from a launcher that was killed, and stops the server that it left', async () => {
    await copyInitialised();
    const launcher = await startLauncher();
    const shell = Number((await readFile(`/proc/${launcher.postmaster}/stat`, 'utf8')).split(' ')[3]);
    process.kill(shell, 'SIGKILL');
    process.kill(launcher.pid, 'SIGKILL');
    const server = await startPostgres({ directory, storage: 'fast' });
    await waitFor(() => !isAlive(launcher.postmaster));
    expect(await queryValue(server, 'select 1')).toBe(1);
    await server.stop();
  });

  it('ends with a launcher that was killed', async () => {
    await copyInitialised();
    const launcher = await startLauncher();
    process.kill(launcher.pid, 'SIGKILL');
    await waitFor(() => !isAlive(launcher.postmaster));
  });

  it('starts although the recorded process id belongs to another program by now', async () => {
    await copyInitialised();
    await writeFile(join(directory, 'data/postmaster.pid'), `${process.pid}\n${directory}/data\n`);
    const server = await startPostgres({ directory, storage: 'fast' });
    expect(await queryValue(server, 'select 1')).toBe(1);
    await server.stop();
  });

  it('starts after a crash in the middle of making the directory, or of claiming it', async () => {
    await mkdir(join(directory, 'data.new'));
    await writeFile(join(directory, 'data.new/PG_VERSION'), '18\n');
    await writeFile(join(directory, 'claimed-by.json'), '{"pid":');
    const server = await startPostgres({ directory, storage: 'fast' });
    expect(await queryValue(server, 'select 1')).toBe(1);
    await server.stop();
  });

  it('refuses a directory that a living launcher uses', async () => {
    await copyInitialised();
    const server = await startPostgres({ directory, storage: 'fast' });
    await expect(startPostgres({ directory })).rejects.toThrow(
      `${directory} is in use by process ${process.pid}; stop that process or choose another directory (--data)`,
    );
    await server.stop();
  });

  it('refuses a port that is in use, and says which', async () => {
    await copyInitialised();
    const port = await findFreePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    await expect(startPostgres({ directory, port })).rejects.toThrow(`port ${port} for PostgreSQL is in use`);
    holder.close();
  });

  async function startLauncher(): Promise<{ readonly pid: number; readonly postmaster: number }> {
    const source = join(import.meta.dirname, '../src/index.ts');
    const script = `
      const { startPostgres } = await import(${JSON.stringify(source)});
      const server = await startPostgres({ directory: ${JSON.stringify(directory)}, storage: 'fast' });
      process.stdout.write(server.pid + '\\n');
      process.stdin.resume().on('end', () => process.exit());`;
    // Its standard input closes with this process, however that ends.
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    return { pid: child.pid ?? 0, postmaster: Number(line) };
  }
});

describe.each(['js-redis-server'] as const)('startRedis with %s', (implementation) => {
  it('answers a transaction without waiting for the client to acknowledge its first part', async () => {
    const server = await startRedis({ implementation });
    const timesMs: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      const startedMs = performance.now();
      await talk(server.port, 'MULTI\r\nINCR a\r\nINCR a\r\nEXEC\r\n', 6);
      timesMs.push(performance.now() - startedMs);
    }
    // The system delays an acknowledgement by 40 ms.
    expect(Math.min(...timesMs)).toBeLessThan(35);
    await server.stop();
  });

  it('answers commands after the password', async () => {
    const server = await startRedis({ implementation, password: 'correct' });
    expect(await talk(server.port, 'AUTH correct\r\nPING\r\n', 2)).toEqual(['+OK', '+PONG']);
    expect(await talk(server.port, 'GET a\r\n', 1)).toEqual([expect.stringContaining('NOAUTH')]);
    await server.stop();
  });
});

describe('startRedis', () => {
  it('does not pass on a warning about saves, of which it makes none', async () => {
    const lines: string[] = [];
    const server = await startRedis({ onLog: (line) => lines.push(line) });
    await server.stop();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('overcommit');
  });

  it('asks for a password that no list of processes shows', async () => {
    const password = String.raw`hard "to" \ guess #1 $HOME`;
    const server = await startRedis({ password });
    const auth = `*2\r\n$4\r\nAUTH\r\n$${password.length}\r\n${password}\r\n`;
    expect(await talk(server.port, `PING\r\n${auth}`, 2)).toEqual([expect.stringContaining('NOAUTH'), '+OK']);
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'args']);
    expect(stdout).toContain(String(server.port));
    expect(stdout).not.toContain('hard "to"');
    await server.stop();
  });
});

async function queryValue(server: PostgresServer, text: string, password = ''): Promise<unknown> {
  const client = new Client({ connectionString: server.url().replace('@', `:${password}@`) });
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

function talk(port: number, text: string, answers: number): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const lines: string[] = [];
    createInterface({ input: socket }).on('line', (line) => {
      if (lines.push(line) < answers) return;
      socket.destroy();
      resolve(lines);
    });
    socket.write(text);
  });
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('still not true after 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
