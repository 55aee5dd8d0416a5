import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A fenced block of shell commands in a document. */
export interface CommandBlock {
  /** `docs/runbooks/agent-down.md#mend`, and `…#mend-2` for the second of a section. */
  readonly id: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '../../../../..');

/** The command blocks of documents of this repository, by path. */
export async function readCommandBlocks(paths: readonly string[]): Promise<readonly CommandBlock[]> {
  const documents = await Promise.all(
    paths.map(async (path) => commandBlocksIn(path, await readFile(join(root, path), 'utf8'))),
  );
  return documents.flat();
}

/** The command blocks of a document. */
export function commandBlocksIn(path: string, markdown: string): readonly CommandBlock[] {
  const counts = new Map<string, number>();
  return sectionsOf(markdown).flatMap(({ heading, body }) =>
    [...body.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => {
      const section = `${path}#${slugOf(heading)}`;
      const count = (counts.get(section) ?? 0) + 1;
      counts.set(section, count);
      return { id: count === 1 ? section : `${section}-${count}`, text };
    }),
  );
}

interface Section {
  readonly heading: string;
  readonly body: string;
}

/** A comment in a block of commands begins like a heading, but with one hash: the title of a document is its first line. */
function sectionsOf(markdown: string): readonly Section[] {
  return markdown.split(/^(?=#{2,} )/m).map((text) => {
    const [heading = '', ...lines] = text.split('\n');
    return { heading: heading.replace(/^#+ /, ''), body: lines.join('\n') };
  });
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .trim()
    .replaceAll(' ', '-');
}
