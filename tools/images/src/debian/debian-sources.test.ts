import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDebianSources, linesOfRelease, paragraphsOfRelease } from './debian-sources.ts';

describe('linesOfRelease', () => {
  it('keeps the release with its updates, options included', () => {
    const lines =
      'deb [signed-by=/k.gpg] http://d.example/debian bookworm main\ndeb http://d.example/debian bookworm-updates main';
    expect(linesOfRelease(lines)).toBe(lines);
  });

  it('leaves out other releases, other vendors, source packages and comments', () => {
    const lines = ['deb http://d.example/d trixie main', 'deb http://v.example vendor-bookworm main'];
    const more = ['deb-src http://d.example/d bookworm main', '# deb http://d.example/d bookworm main'];
    expect(linesOfRelease([...lines, ...more].join('\n'))).toBe('');
  });
});

describe('paragraphsOfRelease', () => {
  const paragraph = (suites: string) =>
    `Types: deb\nURIs: http://d.example/debian\nSuites: ${suites}\nComponents: main`;

  it('keeps a paragraph whose suites are all of the release', () => {
    const wanted = paragraph('bookworm bookworm-updates');
    expect(paragraphsOfRelease(`${wanted}\n\n${paragraph('nodistro')}`)).toBe(wanted);
  });

  it('leaves out a paragraph that has another suite as well', () => {
    expect(paragraphsOfRelease(paragraph('bookworm trixie'))).toBe('');
  });
});

describe('findDebianSources', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'task-api-sources-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const find = async (text: string) => {
    const path = join(folder, 'sources');
    await writeFile(path, text);
    return findDebianSources({ TASK_API_DEBIAN_SOURCES: path });
  };

  it('reads the file that TASK_API_DEBIAN_SOURCES names', async () => {
    const list = 'deb http://d.example/debian bookworm main';
    await expect(find(`${list}\n`)).resolves.toEqual({ list, deb822: '' });
  });

  it('says what to set when no source is of the release', async () => {
    await expect(find('deb http://d.example/debian trixie main\n')).rejects.toThrow(
      'No package source for Debian bookworm is configured',
    );
  });
});
