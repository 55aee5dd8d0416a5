import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from './database.ts';
import { sql } from './sql-statement.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('a connection that PostgreSQL ends in the very packet that opens it', () => {
  it('fails the transaction as unavailable, and not the process', async () => {
    const database = await openOn(Buffer.concat([authenticated, ready, shuttingDown]));
    const statement = sql('one', 'select 1 as one');
    await expect(database.transaction((db) => db.query(statement))).rejects.toMatchObject({
      code: 'database-unavailable',
    });
    await expect(database.query(statement)).rejects.toMatchObject({ code: 'database-unavailable' });
  });
});

/** Messages of the PostgreSQL protocol: a letter, the length of the rest, the rest. */
function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const authenticated = message('R', Buffer.from([0, 0, 0, 0]));
const ready = message('Z', Buffer.from('I'));
const shuttingDown = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));

/** A server that answers every connection with the same bytes. */
async function openOn(answer: Buffer) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const database = openDatabase({
    url: new URL(`postgres://nobody@127.0.0.1:${port}/none`),
    password: undefined,
    poolMax: 1,
    onIdleError: () => undefined,
  });
  closers.push(
    async () => void server.close(),
    () => database.close(),
  );
  return database;
}
