import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { extract } from 'tar-stream';
import { readTar } from '../debian/read-package.ts';
import { textFile } from '../layers/layer.ts';
import { packLayer } from '../layers/pack-layer.ts';
import { openBlobStore } from './blob-store.ts';
import { type WrittenArchive, writeArchive } from './write-archive.ts';
import { writeImage } from './write-image.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-api-archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeArchive', () => {
  it('names every image in the index, as containerd reads it', async () => {
    const { layoutDirectory } = await write('one');
    const { manifests } = JSON.parse(await readFile(join(layoutDirectory, 'index.json'), 'utf8'));
    expect(manifests).toMatchObject([
      {
        platform: { architecture: 'amd64', os: 'linux' },
        annotations: { 'io.containerd.image.name': 'docker.io/demo/app:1', 'org.opencontainers.image.ref.name': '1' },
      },
    ]);
  });

  it('leads from the index through the manifest to blobs that have the digests they are named by', async () => {
    const files = await listFiles(await write('one'));
    const blobs = Object.entries(files).filter(([path]) => path.startsWith('blobs/sha256/'));
    expect(blobs).toHaveLength(3);
    for (const [path, content] of blobs) {
      expect(path).toBe(`blobs/sha256/${createHash('sha256').update(content).digest('hex')}`);
    }
    const index = JSON.parse(String(files['index.json']));
    const manifest = JSON.parse(String(files[`blobs/${index.manifests[0].digest.replace(':', '/')}`]));
    const config = JSON.parse(String(files[`blobs/${manifest.config.digest.replace(':', '/')}`]));
    expect(config).toMatchObject({ config: { User: '1001:0' }, rootfs: { diff_ids: [manifest.layers[0].digest] } });
  });

  it('has the manifest of docker save beside it, with the same blobs', async () => {
    const files = await listFiles(await write('one'));
    const [image] = JSON.parse(String(files['manifest.json']));
    expect(image.RepoTags).toEqual(['docker.io/demo/app:1']);
    expect([image.Config, ...image.Layers].every((path) => path in files)).toBe(true);
  });

  it('writes the same bytes from another cache', async () => {
    const [one, other] = await Promise.all([write('one'), write('other')]);
    expect(one.digest).toBe(other.digest);
    expect((await readFile(one.path)).equals(await readFile(other.path))).toBe(true);
  });

  it('leaves nothing half written behind when it is asked twice at once', async () => {
    const [one, other] = await Promise.all([write('one'), write('one')]);
    expect(one).toEqual(other);
    expect(await readdir(join(folder, 'one/archives'))).toEqual([one.digest.replace('sha256:', '')]);
  });
});

async function write(cache: string): Promise<WrittenArchive> {
  const blobs = await openBlobStore(join(folder, cache, 'blobs'));
  const layer = await blobs.put(packLayer(new Map([['etc/name', textFile('demo')]])));
  const image = await writeImage(blobs, {
    reference: 'docker.io/demo/app:1',
    config: { User: '1001:0' },
    layers: [layer],
  });
  return writeArchive({ folder: join(folder, cache, 'archives'), blobs, images: [image] });
}

async function listFiles({ path }: WrittenArchive): Promise<Readonly<Record<string, Buffer>>> {
  const tar = extract();
  const [entries] = await Promise.all([readTar(tar, () => false), pipeline(createReadStream(path), tar)]);
  return Object.fromEntries(
    [...entries].flatMap(([name, entry]) => (entry.kind === 'file' ? [[name, entry.content] as const] : [])),
  );
}
