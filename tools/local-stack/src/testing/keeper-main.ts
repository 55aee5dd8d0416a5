/**
 * Keeps one PostgreSQL for all test processes of a checkout: it starts the server, greets every client that connects
 * to its socket, and ends a while after the last client has gone. A client that is greeted holds the server.
 */
import { once } from 'node:events';
import { readdir, rename, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { startPostgres } from '../postgres-server.ts';
import { isAlive } from '../process-identity.ts';
import { type KeeperGreeting, keeperSocket, openTestDirectory } from './keeper-address.ts';

const idleMs = 5_000;
const settings = { max_connections: '200', max_prepared_transactions: '10', log_checkpoints: 'off' };

const major = Number(process.argv[2]);
const base = await openTestDirectory();
const directory = join(base, `pg${major}-${process.pid}`);
const clients = new Set<Socket>();
const greeting = startServer();
const door = createServer(welcome);

await openDoor();
await removeAbandoned();
await untilIdle();
await closeDoor();
await stopServer();

/** Clients find the socket under its final name only once it accepts; a keeper that lost a race is never found and ends idle. */
async function openDoor(): Promise<void> {
  const draft = `${directory}.sock`;
  door.listen(draft);
  await once(door, 'listening');
  await rename(draft, keeperSocket(base, major));
}

function welcome(socket: Socket): void {
  clients.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clients.delete(socket));
  socket.resume();
  greeting.then(({ line }) => socket.write(`${JSON.stringify(line)}\n`));
}

interface Started {
  readonly line: KeeperGreeting;
  stop(): Promise<void>;
}

async function startServer(): Promise<Started> {
  try {
    const server = await startPostgres({ directory, major, storage: 'fast', settings });
    return { line: { port: server.port, version: server.version }, stop: server.stop };
  } catch (error) {
    return { line: { failure: String(error) }, stop: stopNothing };
  }
}

async function stopNothing(): Promise<void> {
  // The server that did not start has cleaned up after itself.
}

async function untilIdle(): Promise<void> {
  let lastBusy = Date.now();
  while (Date.now() - lastBusy < idleMs) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (clients.size > 0) lastBusy = Date.now();
  }
}

/** From here on a client that connects is not greeted, so it starts a keeper of its own. */
async function closeDoor(): Promise<void> {
  door.close();
  for (const client of clients) client.destroy();
}

async function stopServer(): Promise<void> {
  const { stop } = await greeting;
  await stop();
  await rm(directory, { recursive: true, force: true });
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = Number(/^pg\d+-(\d+)$/.exec(name)?.[1] ?? process.pid);
    if (!isAlive(owner)) await rm(join(base, name), { recursive: true, force: true });
  }
}
