/** Serves the Redis protocol on 127.0.0.1:PORT, with the password of REDIS_PASSWORD if there is one. */
import { createServer } from 'node:net';
import {
  attachSession,
  createRedisCommandExecutor,
  RedisServerState,
  SocketConnectionTransport,
} from 'js-redis-server/core';

const password = process.env.REDIS_PASSWORD;
const state = new RedisServerState(password === undefined ? {} : { requirepass: password });
const executor = createRedisCommandExecutor();

// The package's own server would listen on every interface.
createServer({ keepAlive: true, noDelay: true }, (socket) => {
  attachSession(new SocketConnectionTransport(socket), { state, executor });
}).listen(Number(process.argv[2]), '127.0.0.1');
