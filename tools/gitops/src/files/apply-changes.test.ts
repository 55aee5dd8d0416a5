import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applyChanges } from './apply-changes.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'apply-changes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(root, path), text);

describe('applyChanges', () => {
  it('creates, updates and removes', () => {
    write('old.yaml', 'old');
    write('kept.yaml', 'before');
    applyChanges(
      [
        { path: 'new/deep/file.yaml', after: 'new' },
        { path: 'kept.yaml', before: 'before', after: 'after' },
        { path: 'old.yaml', before: 'old' },
      ],
      root,
    );
    expect([read('new/deep/file.yaml'), read('kept.yaml'), existsSync(join(root, 'old.yaml'))]).toEqual([
      'new',
      'after',
      false,
    ]);
  });

  it('keeps the mode of a file that it updates', () => {
    write('script.yaml', 'before');
    chmodSync(join(root, 'script.yaml'), 0o640);
    applyChanges([{ path: 'script.yaml', before: 'before', after: 'after' }], root);
    expect(statSync(join(root, 'script.yaml')).mode & 0o777).toBe(0o640);
  });

  it('writes nothing when one file cannot be staged', () => {
    write('values.yaml', 'before');
    write('applications', 'a file where a directory is needed');
    const changes = [
      { path: 'values.yaml', before: 'before', after: 'after' },
      { path: 'fresh/values.yaml', after: 'new' },
      { path: 'applications/prod.yaml', after: 'new' },
    ];
    expect(() => applyChanges(changes, root)).toThrow(
      'applications/prod.yaml cannot be written (EEXIST: file already exists); nothing was changed',
    );
    expect(readdirSync(root).sort()).toEqual(['applications', 'values.yaml']);
    expect(read('values.yaml')).toBe('before');
  });

  it('puts back what it has renamed when a later rename fails', () => {
    write('values.yaml', 'before');
    mkdirSync(join(root, 'prod.yaml/occupied'), { recursive: true });
    const changes = [
      { path: 'values.yaml', before: 'before', after: 'after' },
      { path: 'new.yaml', after: 'new' },
      { path: 'prod.yaml', after: 'a directory lies there' },
    ];
    expect(() => applyChanges(changes, root)).toThrow('prod.yaml cannot be written');
    expect(readdirSync(root).sort()).toEqual(['prod.yaml', 'values.yaml']);
    expect(read('values.yaml')).toBe('before');
  });

  it('removes temporary files of a run that was killed, and leaves those of a run that goes on', () => {
    const neverAProcess = 2 ** 22 + 1;
    write(`.a.yaml.${neverAProcess}.gitops-tmp`, 'left over');
    write(`.b.yaml.${process.ppid}.gitops-tmp`, 'still needed');
    applyChanges([{ path: 'c.yaml', after: 'c' }], root);
    expect(readdirSync(root).sort()).toEqual([`.b.yaml.${process.ppid}.gitops-tmp`, 'c.yaml']);
  });
});
