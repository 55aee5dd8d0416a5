import type { LoadSecond } from '../load/program/load-report.ts';
import { escapeHtml } from './escape-html.ts';
import { timeTicks } from './time-ticks.ts';
import type { Bar, Lane, Timeline } from './timeline.ts';

const width = 1120;
const gutter = 118;
const rightMargin = 14;
const axisHeight = 22;
const laneHeight = 17;
const barHeight = 13;
const groupGap = 7;
const chartHeight = 64;
const characterWidth = 6.1;
const secondMs = 1000;

interface Scale {
  readonly x: (atMs: number) => number;
  readonly timeline: Timeline;
}

interface Placed {
  readonly lane: Lane;
  readonly y: number;
  readonly isFirst: boolean;
}

/** Draws a timeline as SVG; colours and fonts are those of the page around it. */
export function drawTimeline(timeline: Timeline): string {
  const scale = { timeline, x: scaleOf(timeline) };
  const lanes = placeLanes(timeline.lanes);
  const lanesEnd = (lanes.at(-1)?.y ?? axisHeight) + laneHeight + groupGap;
  const hasRequests = timeline.requests.length > 0;
  const height = lanesEnd + (hasRequests ? chartHeight + groupGap : 0);
  return [
    `<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img">`,
    drawAxis(scale, height),
    ...timeline.requests.map((second) => drawFailureBand(second, scale, height)),
    ...lanes.map((placed) => drawLane(placed, scale)),
    hasRequests ? drawRequests(scale, lanesEnd) : '',
    '</svg>',
  ].join('\n');
}

function scaleOf({ startedAtMs, endedAtMs }: Timeline): Scale['x'] {
  const spanMs = Math.max(1, endedAtMs - startedAtMs);
  const usable = width - gutter - rightMargin;
  return (atMs) => gutter + (usable * Math.min(Math.max(atMs - startedAtMs, 0), spanMs)) / spanMs;
}

function placeLanes(lanes: readonly Lane[]): readonly Placed[] {
  let y = axisHeight;
  return lanes.map((lane, index) => {
    const isFirst = lanes[index - 1]?.group !== lane.group;
    if (index > 0) y += laneHeight + (isFirst ? groupGap : 0);
    return { lane, y, isFirst };
  });
}

function drawAxis({ x, timeline }: Scale, height: number): string {
  const { startedAtMs, endedAtMs } = timeline;
  return timeTicks(endedAtMs - startedAtMs)
    .map((tickMs) => {
      const at = round(x(startedAtMs + tickMs));
      const label = `<text class="tick" x="${at}" y="11">${tickMs / secondMs} s</text>`;
      return `<line class="grid" x1="${at}" x2="${at}" y1="16" y2="${height}"/>${label}`;
    })
    .join('');
}

/** Through all lanes, so that the eye finds what else went on when requests failed. */
function drawFailureBand({ atMs, failed }: LoadSecond, { x }: Scale, height: number): string {
  if (failed === 0) return '';
  const from = x(atMs);
  const bandWidth = round(Math.max(2, x(atMs + secondMs) - from));
  return `<rect class="failure-band" x="${round(from)}" y="16" width="${bandWidth}" height="${height - 16}"/>`;
}

function drawLane({ lane, y, isFirst }: Placed, scale: Scale): string {
  const label = isFirst ? `<text class="group" x="${gutter - 10}" y="${y + 10}">${escapeHtml(lane.group)}</text>` : '';
  return `${label}${lane.bars.map((bar) => drawBar(bar, y, scale)).join('')}`;
}

const smallestBar = 1.5;

function drawBar(bar: Bar, y: number, { x, timeline }: Scale): string {
  const from = x(bar.startedAtMs);
  const barWidth = Math.max(smallestBar, x(bar.endedAtMs) - from);
  const times = `${secondsAfter(timeline, bar.startedAtMs)} – ${secondsAfter(timeline, bar.endedAtMs)}`;
  return [
    `<g><title>${escapeHtml(`${bar.hint}\n${times}`)}</title>`,
    `<rect class="bar ${bar.style}" x="${round(from)}" y="${y}" width="${round(barWidth)}" height="${barHeight}" rx="2.5"/>`,
    drawLabel(bar, { x: from, y, width: barWidth }),
    '</g>',
  ].join('');
}

function drawLabel(
  { label, style }: Bar,
  box: { readonly x: number; readonly y: number; readonly width: number },
): string {
  const room = Math.floor((box.width - 8) / characterWidth);
  if (label === '' || room < 3) return '';
  const text = label.length <= room ? label : `${label.slice(0, room - 1)}…`;
  return `<text class="label on-${style}" x="${round(box.x + 4)}" y="${box.y + 10}">${escapeHtml(text)}</text>`;
}

function drawRequests({ x, timeline }: Scale, top: number): string {
  const { requests } = timeline;
  const most = Math.max(...requests.map(({ succeeded, failed }) => succeeded + failed));
  const base = top + chartHeight;
  const y = (count: number) => base - ((chartHeight - 12) * count) / most;
  const slowest = Math.max(...requests.map(({ slowestMs }) => slowestMs));
  return [
    `<text class="group" x="${gutter - 10}" y="${top + 20}">requests/s</text>`,
    `<text class="group faint" x="${gutter - 10}" y="${top + 33}">most ${most}</text>`,
    `<text class="group faint" x="${gutter - 10}" y="${top + 46}">slowest ${slowest} ms</text>`,
    `<path class="requests" d="${areaOf(requests, x, { y, base })}"/>`,
    `<line class="base" x1="${gutter}" x2="${width - rightMargin}" y1="${base}" y2="${base}"/>`,
    ...requests.map((second) => drawFailures(second, x, { y, base })),
  ].join('');
}

interface Vertical {
  readonly y: (count: number) => number;
  readonly base: number;
}

/** Seconds without an answer are gaps down to the base. */
function areaOf(requests: readonly LoadSecond[], x: Scale['x'], { y, base }: Vertical): string {
  return requests
    .map(({ atMs, succeeded }) => {
      const [from, to, top] = [round(x(atMs)), round(x(atMs + secondMs)), round(y(succeeded))];
      return `M${from} ${base}V${top}H${to}V${base}Z`;
    })
    .join('');
}

const smallestFailure = 6;

function drawFailures({ atMs, failed }: LoadSecond, x: Scale['x'], { y, base }: Vertical): string {
  if (failed === 0) return '';
  const height = Math.max(smallestFailure, base - y(failed));
  const from = x(atMs);
  const box = `x="${round(from)}" y="${round(base - height)}" width="${round(Math.max(2, x(atMs + secondMs) - from))}"`;
  return `<g><title>${failed} failed</title><rect class="failures" ${box} height="${round(height)}"/></g>`;
}

function secondsAfter({ startedAtMs }: Timeline, atMs: number): string {
  return `${((atMs - startedAtMs) / secondMs).toFixed(1)} s`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
