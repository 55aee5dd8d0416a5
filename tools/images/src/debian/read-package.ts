import { posix } from 'node:path';
import { type Extract, extract, type Header } from 'tar-stream';
import { $ } from 'zx';
import { directory, type Layer, type LayerEntry, symlink } from '../layers/layer.ts';
import { failure } from '../run-program.ts';

/** Reads the files of a package, as they lie on a system whose /bin, /lib and /sbin are links into /usr. */
export async function readPackage(file: string, isUnneeded: (path: string) => boolean): Promise<Layer> {
  const unpacking = $({ quiet: true, nothrow: true })`dpkg-deb --fsys-tarfile ${file}`;
  const [reading] = await Promise.allSettled([readTar(unpacking.stdout.pipe(extract()), isUnneeded)]);
  const { exitCode, stderr } = await unpacking;
  if (exitCode !== 0) throw failure('dpkg-deb', ['--fsys-tarfile', file], stderr);
  if (reading.status === 'rejected') throw reading.reason;
  return reading.value;
}

/** What a tar holds, by the paths that its entries have in an image. */
export async function readTar(tar: Extract, isUnneeded: (path: string) => boolean): Promise<Layer> {
  const entries = new Map<string, LayerEntry>();
  for await (const entry of tar) {
    const path = pathInImage(entry.header.name);
    if (path !== '' && !isUnneeded(path)) entries.set(path, await readEntry(entry, entries));
    entry.resume();
  }
  return entries;
}

export function pathInImage(name: string): string {
  const path = posix.normalize(`/${name}`).replace(/\/$/, '').slice(1);
  return path.replace(/^(bin|sbin|lib|lib64)(?=\/|$)/, 'usr/$1');
}

interface PackageEntry extends AsyncIterable<unknown> {
  readonly header: Header;
}

type Reader = (entry: PackageEntry, earlier: Layer) => Promise<LayerEntry>;

const readers: Readonly<Partial<Record<Header['type'], Reader>>> = {
  file: async (entry) => ({ kind: 'file', mode: entry.header.mode, content: await readContent(entry) }),
  directory: async ({ header }) => directory(header.mode),
  symlink: async ({ header }) => symlink(header.linkname),
  link: async ({ header }, earlier) => {
    const target = earlier.get(pathInImage(header.linkname));
    return target ?? refuse(header, `its target ${header.linkname} does not come first`);
  },
};

function readEntry(entry: PackageEntry, earlier: Layer): Promise<LayerEntry> {
  const read = readers[entry.header.type];
  return read ? read(entry, earlier) : refuse(entry.header, `no image can hold a ${entry.header.type}`);
}

async function readContent(entry: PackageEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer); // tar-stream hands out buffers only.
  return Buffer.concat(chunks);
}

function refuse({ name }: Header, detail: string): never {
  throw failure('reading a package', [name], detail);
}
