import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { extract, pack } from 'tar-stream';
import { directory, type Layer, symlink, textFile } from '../layers/layer.ts';
import { packLayer } from '../layers/pack-layer.ts';
import { pathInImage, readTar } from './read-package.ts';

describe('pathInImage', () => {
  it.each([
    ['./bin/bash', 'usr/bin/bash'],
    ['./lib64/ld-linux.so.2', 'usr/lib64/ld-linux.so.2'],
    ['./usr/bin/env', 'usr/bin/env'],
    ['./binary', 'binary'],
    ['./etc/', 'etc'],
    ['./', ''],
  ])('puts %s at "%s"', (name, path) => {
    expect(pathInImage(name)).toBe(path);
  });
});

describe('readTar', () => {
  const read = async (layer: Layer, isUnneeded = (_path: string) => false) => {
    const tar = extract();
    const [entries] = await Promise.all([readTar(tar, isUnneeded), pipeline(packLayer(layer), tar)]);
    return Object.fromEntries(entries);
  };

  it('gives back the files, directories and links that were packed', async () => {
    const layer = { etc: directory(0o750), 'etc/a': textFile('a', 0o755), 'etc/b': symlink('a') };
    await expect(read(new Map(Object.entries(layer)))).resolves.toEqual(layer);
  });

  it('leaves out what is unneeded, and goes on after it', async () => {
    const layer = new Map([
      ['etc/a', textFile('a')],
      ['etc/b', textFile('b')],
    ]);
    const entries = await read(layer, (path) => path === 'etc/a');
    expect(Object.keys(entries)).toEqual(['etc', 'etc/b']);
  });

  it('makes a second name of a file a file, since layers know no hard links', async () => {
    const tar = pack();
    tar.entry({ name: './bin/perl' }, 'program');
    tar.entry({ name: './bin/perl5', type: 'link', linkname: './bin/perl' });
    tar.finalize();
    const entries = await readTar(tar.pipe(extract()), () => false);
    expect(entries.get('usr/bin/perl5')).toEqual(entries.get('usr/bin/perl'));
  });

  it('refuses what no layer can hold', async () => {
    const tar = pack();
    tar.entry({ name: './dev/null', type: 'character-device' });
    tar.finalize();
    await expect(readTar(tar.pipe(extract()), () => false)).rejects.toThrow('no image can hold a character-device');
  });
});
