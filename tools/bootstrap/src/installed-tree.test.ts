import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holds, isInstalled, stampInstalled } from './installed-tree.mjs';

const yaml = { version: '2.9.1', integrity: 'sha512-a' };
const locked = {
  '': { version: '0.1.0' },
  'libs/values': { version: '0.0.0' },
  'node_modules/@task-api/values': { link: true },
  'node_modules/yaml': yaml,
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};
const { '': _root, 'node_modules/other-platform': _other, ...installed } = locked;

describe('holds', () => {
  it('accepts a tree without the packages of other platforms', () => {
    expect(holds(installed, locked)).toBe(true);
  });

  it('notices another version, another content, and a package that is missing or too many', () => {
    expect(holds({ ...installed, 'node_modules/yaml': { ...yaml, version: '2.9.0' } }, locked)).toBe(false);
    expect(holds({ ...installed, 'node_modules/yaml': { ...yaml, integrity: 'sha512-b' } }, locked)).toBe(false);
    expect(holds({ 'node_modules/@task-api/values': { link: true } }, locked)).toBe(false);
    expect(holds({ ...installed, 'node_modules/extra': { version: '1.0.0' } }, locked)).toBe(false);
  });
});

describe('isInstalled', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'installed-tree-'));
    mkdirSync(join(root, 'node_modules'));
    writeLock('package-lock.json', locked);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('is false after a clone and after an install that was interrupted', () => {
    expect(isInstalled(root)).toBe(false);
  });

  it('is true once stamped, and false again when the lock file changes', () => {
    stampInstalled(root);
    expect(isInstalled(root)).toBe(true);
    writeLock('package-lock.json', { ...locked, 'node_modules/yaml': { ...yaml, version: '3.0.0' } });
    expect(isInstalled(root)).toBe(false);
  });

  it('accepts what npm installed by hand', () => {
    writeLock('node_modules/.package-lock.json', installed);
    expect(isInstalled(root)).toBe(true);
  });

  function writeLock(file: string, packages: object): void {
    writeFileSync(join(root, file), JSON.stringify({ packages }));
  }
});
