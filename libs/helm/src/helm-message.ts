import type { HelmErrorPlace } from './helm-error.ts';
import { parseSchemaViolations } from './schema-violations.ts';

/** What Helm printed when it refused a chart, taken apart as far as it says where. */
export function parseHelmMessage(stderr: string): HelmErrorPlace & { readonly detail: string } {
  const detail = stderr
    .split('\n')
    .filter((line) => !noise.test(line))
    .join('\n')
    .replace(/^Error: /m, '')
    .trim();
  return { detail, ...placeOf(detail), violations: parseSchemaViolations(detail) };
}

const noise = /^(WARNING: |level=|Use --debug flag|coalesce\.go|walk\.go)/;

const path = String.raw`([\w.-]+(?:/[\w.-]+)*/templates/[\w./-]+)`;
/**
 * The shapes in which Helm names a place. A chain of includes lists the outermost template first, and the
 * innermost is where it went wrong. The line of a YAML error counts in the rendered text, so it is not taken.
 */
const placeShapes: readonly RegExp[] = [
  new RegExp(String.raw`(?:execution|parse) error at \(${path}:(\d+)`, 'g'),
  new RegExp(String.raw`template: ${path}:(\d+)`, 'g'),
  new RegExp(`parse error on ${path}`, 'g'),
];

function placeOf(detail: string): Pick<HelmErrorPlace, 'template' | 'line'> {
  const match = placeShapes.map((shape) => [...detail.matchAll(shape)].at(-1)).find(Boolean);
  const [, template, line] = match ?? [];
  return { ...(template && { template }), ...(line && { line: Number(line) }) };
}
