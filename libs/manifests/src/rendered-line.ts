import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Path } from './json.ts';
import type { ObjectSource } from './kubernetes-object.ts';
import { kubernetesYaml } from './kubernetes-yaml.ts';

/** The line of the rendered stream on which a value lies; where it is absent, that of the nearest value around it. */
export function renderedLineOf(source: ObjectSource, path: Path): number {
  const parsed = parsedSources.get(source) ?? parseSource(source);
  parsedSources.set(source, parsed);
  const offset = offsetOf(parsed.contents, [...source.path, ...path]);
  return source.line - 1 + parsed.lineCounter.linePos(offset).line;
}

interface ParsedSource {
  readonly contents: unknown;
  readonly lineCounter: LineCounter;
}

/** Lines are wanted only for findings, which come several to a document or not at all. */
const parsedSources = new WeakMap<ObjectSource, ParsedSource>();

function parseSource({ text }: ObjectSource): ParsedSource {
  const lineCounter = new LineCounter();
  const { contents } = parseDocument(text, { ...kubernetesYaml, lineCounter });
  return { contents, lineCounter };
}

/** Where a value begins in the text; a map's entry begins with its key. */
function offsetOf(node: unknown, [step, ...rest]: Path, start = startOf(node)): number {
  if (step === undefined) return start;
  if (isSeq(node)) return offsetInside(node.items[Number(step)], rest, start);
  const pair = isMap(node)
    ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
    : undefined;
  return pair ? offsetOf(pair.value, rest, startOf(pair.key) || start) : start;
}

function offsetInside(item: unknown, rest: Path, start: number): number {
  return isNode(item) ? offsetOf(item, rest) : start;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
