import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '../telemetry/create-logger.ts';
import { openApiKeys, parseKeys } from './api-keys.ts';

const hash = 'a'.repeat(64);

describe('parseKeys', () => {
  it('reads a hash and a tenant a line, and skips comments', () => {
    expect(parseKeys(`# keys\n\n${hash} ann\n`)).toEqual(new Map([[hash, 'ann']]));
  });

  it('names the line that is wrong but never repeats it: it may be a key', () => {
    expect(() => parseKeys(`${hash} ann\nplain-key bob`)).toThrow(
      'API_KEYS_FILE, line 2 is "malformed"; allowed is "<sha256 of the key in hex> <tenant>"',
    );
  });
});

describe('a keys file that changes', () => {
  const line = (key: string) => `${createHash('sha256').update(key).digest('hex')} ${key}\n`;
  let path: string;
  let changes: number;
  let logs: string[];
  let tenantAtNextLook: (key: string) => string | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
    path = join(mkdtempSync(join(tmpdir(), 'task-api-test-')), 'keys');
    changes = 0;
    logs = [];
    change(line('ann') + line('bob'));
    const log = createLogger('info', { write: (entry) => void logs.push(entry) });
    const keys = openApiKeys({ mode: 'api-key', keysFile: path }, log);
    tenantAtNextLook = (key) => {
      jest.advanceTimersByTime(6000);
      return keys.tenantOf(key);
    };
  });
  afterEach(() => {
    jest.useRealTimers();
    rmSync(join(path, '..'), { recursive: true });
  });

  /** Each change at a time of its own, however coarse the clock of the file system is. */
  function change(text: string): void {
    writeFileSync(path, text);
    changes += 1;
    utimesSync(path, changes, changes);
  }

  it('counts without a restart', () => {
    change(line('bob'));
    expect([tenantAtNextLook('ann'), tenantAtNextLook('bob'), logs]).toEqual([undefined, 'bob', []]);
  });

  it('leaves the keys from before while it is wrong, and says so once a change', () => {
    change(`${line('bob')}plain-key eve`);
    expect([tenantAtNextLook('ann'), tenantAtNextLook('ann')]).toEqual(['ann', 'ann']);
    change(`${line('bob')}another-key eve`);
    expect([tenantAtNextLook('ann'), tenantAtNextLook('ann')]).toEqual(['ann', 'ann']);
    const messages = logs.map((entry) => JSON.parse(entry).err.message);
    const message = 'API_KEYS_FILE, line 2 is "malformed"; allowed is "<sha256 of the key in hex> <tenant>"';
    expect(messages).toEqual([message, message]);
    expect(logs.join()).not.toContain('-key eve');
  });

  it('is tried again while it is wrong, although it keeps its time', () => {
    change('wrong');
    expect(tenantAtNextLook('ann')).toBe('ann');
    writeFileSync(path, line('bob'));
    utimesSync(path, changes, changes);
    expect(tenantAtNextLook('ann')).toBe(undefined);
  });

  it('leaves the keys from before while it cannot be looked at', () => {
    rmSync(path);
    symlinkSync(path, path);
    expect([tenantAtNextLook('ann'), tenantAtNextLook('ann')]).toEqual(['ann', 'ann']);
    expect(logs.map((entry) => JSON.parse(entry).err.cause.code)).toEqual(['ELOOP']);
    rmSync(path);
    change(line('bob'));
    expect(tenantAtNextLook('ann')).toBe(undefined);
  });
});
