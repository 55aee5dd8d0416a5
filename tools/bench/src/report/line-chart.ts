import { colourAt } from './colours.ts';
import { escapeHtml } from './escape-html.ts';

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

export interface LineChart {
  /** Where each value lies from left to right; as many as every line has values. */
  readonly positions: readonly number[];
  readonly lines: readonly Line[];
  /** What the axes say at their ends. */
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  /** A position from which on the values count. */
  readonly mark: number;
}

const width = 1000;
const height = 230;
const area = { left: 60, right: 980, top: 30, bottom: 200 };

/** Lines over time with a common scale from zero, as SVG. */
export function lineChart({ positions, lines, unit, from, to, mark }: LineChart): string {
  const highest = Math.max(1e-9, ...lines.flatMap(({ values }) => values));
  const x = scale([positions[0] ?? 0, positions.at(-1) ?? 1], [area.left, area.right]);
  const y = scale([0, highest * 1.05], [area.bottom, area.top]);
  const paths = lines.map(({ values }, index) => {
    const points = values.map((value, at) => `${x(positions[at] ?? 0).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colourAt(index)}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect x="${area.left}" y="${area.top}" width="${x(mark) - area.left}" height="${area.bottom - area.top}" fill="#f1efe8"/>
<path d="M${area.left} ${area.top}V${area.bottom}H${area.right}" fill="none" stroke="#999"/>
${paths.join('\n')}
${lines.map(drawName).join('')}
<text x="${area.left - 6}" y="${y(highest) + 4}" text-anchor="end">${formatted(highest)}</text>
<text x="${area.left - 6}" y="${area.bottom}" text-anchor="end">0</text>
<text x="${area.left}" y="${height - 12}">${escapeHtml(from)}; shaded: warming up</text>
<text x="${area.right}" y="${height - 12}" text-anchor="end">${escapeHtml(to)}</text>
<text x="${area.left}" y="16" fill="#444">${escapeHtml(unit)}</text>
</svg>`;
}

function drawName({ name }: Line, index: number): string {
  const x = area.left + 120 + 190 * index;
  return `<rect x="${x}" y="7" width="10" height="10" fill="${colourAt(index)}"/><text x="${x + 15}" y="16">${escapeHtml(name)}</text>`;
}

function scale(
  [fromLow, fromHigh]: readonly [number, number],
  [toLow, toHigh]: readonly [number, number],
): (value: number) => number {
  const range = fromHigh - fromLow || 1;
  return (value) => toLow + ((value - fromLow) / range) * (toHigh - toLow);
}

function formatted(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
