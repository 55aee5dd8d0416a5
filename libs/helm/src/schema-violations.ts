import type { SchemaViolation } from './helm-error.ts';

/**
 * Reads the schema violations out of Helm's message. Helm 3 writes `- image.tag: Invalid type…`, Helm 4
 * `- at '/image/tag': got number…`; both group them under a line with the chart's name.
 */
export function parseSchemaViolations(detail: string): readonly SchemaViolation[] {
  if (!detail.includes("values don't meet the specifications of the schema")) return [];
  const sections = detail.split(/^([\w.-]+):$/m).slice(1);
  const charts = sections.flatMap((chart, index) => (index % 2 === 0 ? [[chart, sections[index + 1] ?? '']] : []));
  return charts.flatMap(([chart = '', section = '']) =>
    section.split('\n').flatMap((line) => violationsIn(line, chart)),
  );
}

function violationsIn(line: string, chart: string): readonly SchemaViolation[] {
  const [, pointer, dotted, message] = /^\s*- (?:at '([^']*)'|([^:]+)): (.*)$/.exec(line) ?? [];
  if (message === undefined || message === 'validation failed') return [];
  const parent = pointer === undefined ? segmentsOfPath(dotted ?? '') : segmentsOfPointer(pointer);
  const keys = namedKeys(message);
  const paths = keys.length > 0 ? keys.map((key) => [...parent, key]) : [parent];
  return paths.map((path) => ({ chart, path: path.join('.'), message }));
}

function segmentsOfPath(path: string): readonly string[] {
  return path === '(root)' ? [] : [path];
}

function segmentsOfPointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Both validators blame the map that has an unknown key, or lacks one; a reader wants the key. */
function namedKeys(message: string): readonly string[] {
  const helm3 = /^Additional property (.+) is not allowed$/.exec(message) ?? /^(\S+) is required$/.exec(message);
  if (helm3?.[1] !== undefined) return [helm3[1]];
  const helm4 = /^(?:additional properties (.+) not allowed|missing propert(?:y|ies) (.+))$/.exec(message);
  return [...(helm4?.[1] ?? helm4?.[2] ?? '').matchAll(/'([^']+)'/g)].map(([, key = '']) => key);
}
