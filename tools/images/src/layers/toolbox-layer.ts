import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImagesError } from '../images-error.ts';
import { runProgram } from '../run-program.ts';
import { directory, type Layer, type LayerEntry, mergeLayers, symlink, textFile } from './layer.ts';

const busybox = 'usr/bin/busybox';

/** A shell and the usual programs, all of them one file. */
export async function toolboxLayer(packages: Layer): Promise<Layer> {
  const applets = await listApplets(packages.get(busybox));
  return mergeLayers(
    new Map<string, LayerEntry>([
      ...['bin', 'sbin'].map((name): [string, LayerEntry] => [name, symlink('usr/bin')]),
      ...applets.map((name): [string, LayerEntry] => [`usr/bin/${name}`, symlink('busybox')]),
      ['etc/passwd', textFile('root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n')],
      ['etc/group', textFile('root:x:0:\nnogroup:x:65534:\n')],
      ['dev', directory()],
      ['proc', directory()],
      ['sys', directory()],
      ['tmp', directory(0o1777)],
    ]),
    packages,
  );
}

/** busybox itself knows which programs it is. */
async function listApplets(entry: LayerEntry | undefined): Promise<readonly string[]> {
  if (entry?.kind !== 'file')
    throw new ImagesError('program-failed', { value: busybox, detail: 'its package lacks it' });
  const folder = await mkdtemp(join(tmpdir(), 'task-api-busybox-'));
  try {
    const program = join(folder, 'busybox');
    await writeFile(program, entry.content, { mode: 0o700 });
    return (await runProgram(program, ['--list']))
      .split('\n')
      .filter((name) => /^\S+$/.test(name) && name !== 'busybox');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
