import { type StyleFigures, shareUpTo } from './measure-style.ts';
import { sizeAims } from './size-aims.ts';

/** The figures as lines to print. */
export function describeStyle(figures: StyleFigures): readonly string[] {
  return [describeFiles(figures), describeFunctions(figures), ...describeLongest(figures)];
}

function describeFiles({ sources, testLines, rootFiles }: StyleFigures): string {
  const sizes = sources.map(({ lines }) => lines);
  const total = sum(sizes);
  const comments = sum(sources.map(({ commentLines }) => commentLines));
  return [
    `files ${sources.length} (lines median ${quantile(sizes, 0.5)}, p90 ${quantile(sizes, 0.9)}, max ${Math.max(0, ...sizes)})`,
    `root files ${rootFiles.length}`,
    `source lines ${total}`,
    `test/source ${total === 0 ? 0 : Number((testLines / total).toFixed(2))}`,
    `comments ${total === 0 ? 0 : Math.round((100 * comments) / total)} %`,
  ].join('; ');
}

function describeFunctions({ functions, sources }: StyleFigures): string {
  const shares = sizeAims.map(({ lines, percent }) => `<=${lines} ${shareUpTo(lines, functions)} % (aim ${percent})`);
  return [
    `functions ${functions.length}: ${shares.join(', ')}`,
    `>3 params ${functions.filter(({ parameters }) => parameters > 3).length}`,
    `boolean positional ${functions.filter(({ hasBooleanParameter }) => hasBooleanParameter).length}`,
    `any ${sum(sources.map(({ anyCount }) => anyCount))}`,
    `casts ${sum(sources.map(({ casts }) => casts.length))}`,
    `default exports ${sum(sources.map(({ defaultExportCount }) => defaultExportCount))}`,
  ].join('; ');
}

const longestShown = 8;

function describeLongest({ functions }: StyleFigures): readonly string[] {
  const longest = functions.toSorted((a, b) => b.lines - a.lines).slice(0, longestShown);
  return longest.map(({ lines, file, line, name }) => `${String(lines).padStart(6)} lines  ${file}:${line} ${name}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}
