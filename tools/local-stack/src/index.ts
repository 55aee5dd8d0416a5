export { compileCacheEnvironment } from './cache-directory.ts';
export { findPostgres, type PostgresPrograms, type PostgresSearch, searchPostgres } from './find-postgres.ts';
export { findFreePort } from './free-port.ts';
export { type GuardedCommand, type GuardedProcess, startGuarded } from './guarded-process.ts';
export { LocalStackError, type LocalStackRule } from './local-stack-error.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';
export { type RedisImplementation, type RedisOptions, type RedisServer, startRedis } from './redis-server.ts';
export { runStack } from './stack/run-stack.ts';
export { type Stack, type StackOptions, startStack } from './stack/start-stack.ts';
