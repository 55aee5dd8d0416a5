import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { followCollection } from './follow-collection.ts';

type Answer = (response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An API server that answers each watch by the next of these, and stays silent afterwards. */
async function serve(
  answers: readonly Answer[],
): Promise<{ readonly config: KubeConfig; readonly versions: string[] }> {
  const versions: string[] = [];
  const remaining = [...answers];
  const server = createServer((request, response) => {
    versions.push(new URL(request.url ?? '', 'http://api').searchParams.get('resourceVersion') ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    remaining.shift()?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'api', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: 'nobody' },
  );
  return { config, versions };
}

function event(type: string, name: string, resourceVersion: string): string {
  return `${JSON.stringify({ type, object: { metadata: { name, resourceVersion } } })}\n`;
}

interface Heard {
  readonly lists: number[];
  readonly changes: string[];
}

/** Follows until `isEnough`, and returns what was heard. */
async function follow(config: KubeConfig, isEnough: (heard: Heard) => boolean): Promise<Heard> {
  const stop = new AbortController();
  const heard: Heard = { lists: [], changes: [] };
  const look = () => {
    if (isEnough(heard)) stop.abort();
  };
  await followCollection({
    config,
    path: '/api/v1/pods',
    list: () => Promise.resolve({ items: [], metadata: { resourceVersion: String(10 * (heard.lists.length + 1)) } }),
    onList(objects) {
      heard.lists.push(objects.length);
      look();
    },
    onChange(change, { metadata }) {
      heard.changes.push(`${change} ${metadata?.name}`);
      look();
    },
    signal: stop.signal,
  });
  return heard;
}

describe('followCollection', () => {
  it('hears of each change after the list', async () => {
    const { config, versions } = await serve([
      (response) => response.write(event('ADDED', 'a', '11') + event('DELETED', 'a', '12')),
    ]);
    const heard = await follow(config, ({ changes }) => changes.length === 2);
    expect(heard).toEqual({ lists: [0], changes: ['ADDED a', 'DELETED a'] });
    expect(versions).toEqual(['10']);
  });

  it('goes on where it was when the server ends the connection', async () => {
    const { config, versions } = await serve([
      (response) => response.end(event('ADDED', 'a', '11')),
      (response) => response.write(event('ADDED', 'b', '12')),
    ]);
    const heard = await follow(config, ({ changes }) => changes.length === 2);
    expect(heard).toEqual({ lists: [0], changes: ['ADDED a', 'ADDED b'] });
    expect(versions).toEqual(['10', '11']);
  });

  it('lists anew when the connection breaks, since changes may have been missed', async () => {
    const { config } = await serve([
      (response) => void response.write(event('ADDED', 'a', '11'), () => response.destroy()),
    ]);
    const heard = await follow(config, ({ lists }) => lists.length === 2);
    expect(heard.lists).toEqual([0, 0]);
  });

  it('lists anew when the server has forgotten the version', async () => {
    const gone = `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410 } })}\n`;
    const { config, versions } = await serve([(response) => response.end(gone)]);
    await follow(config, ({ lists }) => lists.length === 2);
    expect(versions[0]).toBe('10');
  });
});
