import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import { formatReport } from './format-report.ts';

const plain = picocolors.createColors(false);
const coloured = picocolors.createColors(true);

describe('formatReport', () => {
  it('lays out a table without borders and without spaces at the ends of lines', () => {
    const table = {
      kind: 'table',
      columns: ['file', 'change'],
      rows: [
        ['a/long/path.yaml', 'created'],
        ['b.yaml', ''],
      ],
    } as const;
    expect(formatReport([table], plain)).toBe('file              change\na/long/path.yaml  created\nb.yaml\n');
  });

  it('puts one blank line between blocks', () => {
    const blocks = [
      { kind: 'text', text: 'one' },
      { kind: 'good', text: 'two' },
      { kind: 'bad', text: 'three' },
    ] as const;
    expect(formatReport(blocks, plain)).toBe('one\n\n✔ two\n\n✖ three\n');
  });

  it('leaves raw text as it is, on a terminal too', () => {
    expect(formatReport([{ kind: 'raw', text: '---\n- a: +1\n' }], coloured)).toBe('---\n- a: +1\n');
  });

  it('colours a diff on a terminal only', () => {
    const diff = { kind: 'diff', text: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n' } as const;
    expect(formatReport([diff], plain)).toBe('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n');
    expect(formatReport([diff], coloured)).toContain(`\n${coloured.red('-old')}\n${coloured.green('+new')}\n same`);
  });
});
