import { colourAt } from './colours.ts';
import { escapeHtml } from './escape-html.ts';

export interface Bar {
  readonly label: string;
  /** As long as the parts of every other bar, and in the same order. */
  readonly parts: readonly number[];
  /** What is written behind it. */
  readonly note: string;
}

export interface BarChart {
  readonly partNames: readonly string[];
  readonly bars: readonly Bar[];
}

const labelWidth = 290;
const barWidth = 480;
const noteWidth = 240;
const rowHeight = 26;
const headHeight = 28;

/** Stacked horizontal bars of one scale as SVG. */
export function barChart({ partNames, bars }: BarChart): string {
  const width = labelWidth + barWidth + noteWidth;
  const height = headHeight + rowHeight * bars.length + 4;
  const scale = barWidth / Math.max(...bars.map(({ parts }) => sum(parts)));
  const rows = bars.map((bar, index) => drawBar(bar, { y: headHeight + rowHeight * index, scale }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13">
${drawLegend(partNames)}
${rows.join('\n')}
</svg>`;
}

function drawLegend(names: readonly string[]): string {
  return names
    .map((name, index) => {
      const x = labelWidth + index * 130;
      return `<rect x="${x}" y="4" width="12" height="12" fill="${colourAt(index)}"/><text x="${x + 18}" y="15">${escapeHtml(name)}</text>`;
    })
    .join('');
}

function drawBar({ label, parts, note }: Bar, { y, scale }: { readonly y: number; readonly scale: number }): string {
  const rects = parts.map((part, index) => {
    const x = labelWidth + scale * sum(parts.slice(0, index));
    return `<rect x="${x.toFixed(1)}" y="${y}" width="${(scale * part).toFixed(1)}" height="18" fill="${colourAt(index)}"/>`;
  });
  const end = labelWidth + scale * sum(parts) + 6;
  return `<text x="${labelWidth - 8}" y="${y + 14}" text-anchor="end">${escapeHtml(label)}</text>${rects.join('')}<text x="${end.toFixed(1)}" y="${y + 14}" fill="#444">${escapeHtml(note)}</text>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
