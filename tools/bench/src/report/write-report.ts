import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { escapeHtml } from './escape-html.ts';

export interface ReportSection {
  readonly title: string;
  /** SVG. */
  readonly picture: string;
  /** What the terminal shows too. */
  readonly table: string;
}

export interface Report {
  /** File name without extension. */
  readonly name: string;
  readonly title: string;
  /** Where and when it was measured. */
  readonly facts: string;
  readonly sections: readonly ReportSection[];
  readonly notes: readonly string[];
  /** Everything that was measured, for programs. */
  readonly data: unknown;
}

const root = join(import.meta.dirname, '../../../..');
const directory = join(root, 'dist/bench');

/** Writes a page with tables and pictures, and the data beside it. Returns the path of the page from the root. */
export function writeReport(report: Report): string {
  mkdirSync(directory, { recursive: true });
  const page = join(directory, `${report.name}.html`);
  writeFileSync(page, pageOf(report));
  writeFileSync(join(directory, `${report.name}.json`), `${JSON.stringify(report.data, null, 2)}\n`);
  return relative(root, page);
}

function pageOf({ title, facts, sections, notes }: Report): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 24px auto; max-width: 1400px; color: #222; }
h2 { margin: 28px 0 8px; font-size: 18px; }
pre { overflow-x: auto; padding: 10px; background: #f5f5f2; font-size: 11px; line-height: 1.45; }
</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(facts)}</p>
${sections.map(sectionOf).join('\n')}
<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>
</html>
`;
}

function sectionOf({ title, picture, table }: ReportSection): string {
  return `<h2>${escapeHtml(title)}</h2>\n${picture}\n<pre>${escapeHtml(table)}</pre>`;
}
