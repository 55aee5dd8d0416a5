import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort, startGuarded } from '@task-api/local-stack';
import { addCleanup } from '../support/test-agent.ts';

const source = join(import.meta.dirname, '../collector');

export interface BuiltCollector {
  readonly path: string;
  /** Zero when it was there from an earlier build. */
  readonly buildMs: number;
}

/** Builds the OpenTelemetry Collector from Go modules, whose checksums are those of go.sum; kept outside the checkout. */
export async function buildCollector(): Promise<BuiltCollector> {
  const path = join(await prepareFolder(), 'collector');
  if (await isThere(path)) return { path, buildMs: 0 };
  const startedAt = performance.now();
  const draft = `${path}.${process.pid}`;
  const env = { ...process.env, CGO_ENABLED: '0' };
  await promisify(execFile)('go', ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-o', draft, '.'], {
    cwd: source,
    env,
  });
  await rename(draft, path);
  return { path, buildMs: performance.now() - startedAt };
}

/** Starts one that passes on what it gets, decoded and encoded again; resolves with its address. */
export async function startCollector(path: string, target: string): Promise<string> {
  const port = await findFreePort();
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlphttp: { endpoint: target, encoding: 'json', compression: 'none' } },
    service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['otlphttp'] } } },
  };
  const collector = startGuarded({
    program: path,
    arguments: [`--config=yaml:${JSON.stringify(config)}`],
    stopSignal: 'TERM',
  });
  addCleanup(() => collector.stop());
  while (!(await accepts(port)))
    if (collector.hasExited()) throw new Error(`the collector ended: ${collector.recentLog().join('\n')}`);
  return `http://127.0.0.1:${port}`;
}

async function prepareFolder(): Promise<string> {
  const files = ['main.go', 'go.mod', 'go.sum'].map((name) => readFile(join(source, name)));
  const digest = (await Promise.all(files)).reduce((hash, text) => hash.update(text), createHash('sha256'));
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'task-api');
  const folder = join(cache, `otel-collector-${digest.digest('hex').slice(0, 16)}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isOpen: boolean) => {
      socket.destroy();
      setTimeout(() => resolve(isOpen), isOpen ? 0 : 50);
    };
    socket.once('error', () => answer(false));
    socket.once('connect', () => answer(true));
  });
}
