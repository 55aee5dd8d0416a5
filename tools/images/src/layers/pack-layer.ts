import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { type Header, type Pack, pack } from 'tar-stream';
import { directory, type Layer, type LayerEntry } from './layer.ts';

/**
 * A layer as a tar, the same bytes for the same layer: sorted, owned by root, without times.
 * A directory comes before what it holds, also one that the layer does not name.
 */
export function packLayer(layer: Layer): Readable {
  const tar = pack();
  void addEntries(tar, withParents(layer)).catch((error: Error) => tar.destroy(error));
  // streamx, which tar-stream builds on, implements the part of Readable that a pipeline uses.
  return tar as unknown as Readable;
}

async function addEntries(tar: Pack, layer: Layer): Promise<void> {
  for (const path of [...layer.keys()].sort()) {
    const entry = layer.get(path);
    if (entry) await addEntry(tar, headerOf(path, entry), entry);
  }
  tar.finalize();
}

function addEntry(tar: Pack, header: EntryHeader, entry: LayerEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (entry.kind === 'file') tar.entry(header, entry.content, done);
    else tar.entry(header, done);
  });
}

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** Images that are built twice must not differ by the clock. */
const epoch = new Date(0);

function headerOf(path: string, entry: LayerEntry): EntryHeader {
  const common = { uid: 0, gid: 0, uname: '', gname: '', mtime: epoch };
  if (entry.kind === 'file')
    return { ...common, name: path, type: 'file', mode: entry.mode, size: entry.content.length };
  if (entry.kind === 'symlink') return { ...common, name: path, type: 'symlink', mode: 0o777, linkname: entry.target };
  return { ...common, name: `${path}/`, type: 'directory', mode: entry.mode };
}

function withParents(layer: Layer): Layer {
  const parents = [...layer.keys()].flatMap(parentsOf).filter((path) => !layer.has(path));
  return new Map([...parents.map((path) => [path, directory()] as const), ...layer]);
}

function parentsOf(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === '.' ? [] : [...parentsOf(parent), parent];
}
