import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { type Extract, extract, type Header } from 'tar-stream';
import { directory, type Layer, type LayerEntry, symlink, textFile } from './layer.ts';
import { packLayer } from './pack-layer.ts';

const entries: readonly (readonly [string, LayerEntry])[] = [
  ['usr/bin/tool', textFile('#!/bin/sh\n', 0o755)],
  ['bin', symlink('usr/bin')],
  ['tmp', directory(0o1777)],
];

describe('packLayer', () => {
  it('gives the same bytes for the same entries in another order', async () => {
    const [one, other] = await Promise.all(
      [entries, entries.toReversed()].map((list) => buffer(packLayer(new Map(list)))),
    );
    expect(one?.equals(other ?? Buffer.of())).toBe(true);
  });

  it('gives other bytes when only a mode differs', async () => {
    const changed: Layer = new Map([...entries, ['tmp', directory(0o755)]]);
    const [one, other] = await Promise.all([new Map(entries), changed].map((layer) => buffer(packLayer(layer))));
    expect(one?.equals(other ?? Buffer.of())).toBe(false);
  });

  it('puts every directory before what it holds', async () => {
    const headers = await listHeaders(new Map(entries));
    expect(headers.map(({ name }) => name)).toEqual(['bin', 'tmp/', 'usr/', 'usr/bin/', 'usr/bin/tool']);
  });

  it('keeps modes, and says nothing of who built it when', async () => {
    const headers = await listHeaders(new Map(entries));
    expect(headers.find(({ name }) => name === 'tmp/')).toMatchObject({ mode: 0o1777, uid: 0, gid: 0 });
    expect(headers.every(({ mtime, uname }) => mtime.getTime() === 0 && uname === '')).toBe(true);
  });
});

async function listHeaders(layer: Layer): Promise<readonly Header[]> {
  const tar = extract();
  const [headers] = await Promise.all([collectHeaders(tar), pipeline(packLayer(layer), tar)]);
  return headers;
}

async function collectHeaders(tar: Extract): Promise<readonly Header[]> {
  const headers: Header[] = [];
  for await (const entry of tar) {
    headers.push(entry.header);
    entry.resume();
  }
  return headers;
}
