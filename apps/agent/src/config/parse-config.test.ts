import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import { parseConfig } from './parse-config.ts';

const minimal = { DATABASE_URL: 'postgres://agent@db.example:5433/tasks' };

describe('parseConfig', () => {
  it('takes the defaults of the contract', () => {
    const config = parseConfig(minimal);
    expect([config.port, config.workers, config.leaseMs, config.database.poolMax]).toEqual([8000, 4, 15_000, 10]);
    expect(config.database.timeoutMs).toBe(3000);
    expect(config.drain).toEqual({ delayMs: 5000, runBudgetMs: 30_000, closeDeadlineMs: 5000 });
    expect(config.redis).toBeUndefined();
  });

  it('reads URL and password from files, the URL itself wins', () => {
    const directory = mkdtempSync(join(tmpdir(), 'task-api-test-'));
    writeFileSync(join(directory, 'url'), 'redis://cache.example:6380\n');
    writeFileSync(join(directory, 'password'), 'hidden\n');
    const files = { REDIS_URL_FILE: join(directory, 'url'), REDIS_PASSWORD_FILE: join(directory, 'password') };
    const config = parseConfig({ ...minimal, ...files });
    expect([config.redis?.url.port, config.redis?.password?.reveal()]).toEqual(['6380', 'hidden']);
    expect(parseConfig({ ...minimal, ...files, REDIS_URL: 'redis://other' }).redis?.url.hostname).toBe('other');
  });

  it('moves a password out of a URL, and prints it nowhere', () => {
    const config = parseConfig({ DATABASE_URL: 'postgres://agent:hidden@db/tasks' });
    expect(config.database.password?.reveal()).toBe('hidden');
    for (const text of [inspect(config, { depth: 9 }), JSON.stringify(config), `${config.database.password}`])
      expect(text).not.toContain('hidden');
  });

  it.each([
    [{ PORT: '70000' }, 'PORT is "70000"; allowed is a whole number from 0 to 65535'],
    [{ WORKERS: '-1' }, 'WORKERS is "-1"; allowed is a whole number from 0 to 256'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; allowed is debug, info, warn, error'],
    [{ CACHE_ENABLED: 'yes' }, 'CACHE_ENABLED is "yes"; allowed is true, false'],
    [
      { DATABASE_URL: 'mysql://u:hidden@h/d' },
      'DATABASE_URL is "a URL of mysql:"; allowed is postgres://… or postgresql://…',
    ],
    [{ REDIS_URL: 'hidden' }, 'REDIS_URL is "no URL"; allowed is redis://… or rediss://…'],
    [
      { MODEL_PROVIDER: 'openai-compatible' },
      'MODEL_BASE_URL is "not set"; allowed is a URL, because MODEL_PROVIDER is openai-compatible',
    ],
    [{ AUTH_MODE: 'api-key' }, 'API_KEYS_FILE is "not set"; allowed is a path, because AUTH_MODE is api-key'],
    [{ MODEL_API_KEY_FILE: '/nowhere' }, 'MODEL_API_KEY_FILE is "/nowhere"; allowed is the path of a readable file'],
  ])('refuses %j with the variable, the value and what is allowed', (env, message) => {
    expect(() => parseConfig({ ...minimal, ...env })).toThrow(message);
  });

  it('knows no variable that the contract does not name', () => {
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>(minimal, {
      get: (target, name) => {
        asked.add(String(name));
        return target[String(name)];
      },
    });
    parseConfig(env);
    expect([...asked].filter((name) => !(name in agentContract.environment))).toEqual([]);
  });
});
