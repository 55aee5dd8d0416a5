import CliTable from 'cli-table3';
import type { Colors } from 'picocolors/types.js';
import type { Block } from './report.ts';

/** Lays out blocks for a person: one blank line between them. */
export function formatReport(blocks: readonly Block[], colors: Colors): string {
  return blocks.map((block) => (block.kind === 'raw' ? block.text : `${formatBlock(block, colors)}\n`)).join('\n');
}

function formatBlock(block: Exclude<Block, { kind: 'raw' }>, colors: Colors): string {
  switch (block.kind) {
    case 'table':
      return formatTable(block, colors);
    case 'diff':
      return colourDiff(block.text, colors);
    case 'text':
      return block.text;
    default:
      return `${marks[block.kind](colors)} ${block.text}`;
  }
}

const marks = {
  good: (colors: Colors) => colors.green('✔'),
  warning: (colors: Colors) => colors.yellow('!'),
  bad: (colors: Colors) => colors.red('✖'),
} as const;

function formatTable({ columns, rows }: Extract<Block, { kind: 'table' }>, colors: Colors): string {
  const table = new CliTable({
    head: columns.map(colors.bold),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/[^\S\n]+$/gm, '');
}

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid']
    .concat(['mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);

function colourDiff(text: string, colors: Colors): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => colourDiffLine(line, colors))
    .join('\n');
}

function colourDiffLine(line: string, colors: Colors): string {
  if (/^(---|\+\+\+|@@)/.test(line)) return colors.dim(line);
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : line;
}
