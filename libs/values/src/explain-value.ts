import type { Layer } from './layers.ts';
import type { Value } from './merge-values.ts';
import { typescriptLines } from './typescript-lines.ts';
import { parsePath, type ValuePath, valueAt } from './value-path.ts';
import { readYaml } from './yaml-text.ts';

/** One layer's say about a path. */
export interface ProvenanceStep {
  readonly layer: Layer['name'];
  /** `null` when the layer removes the value, or something that it lies in. */
  readonly value: Value;
  readonly file: string;
  /** From 1; undefined when the file does not spell the path out. */
  readonly line: number | undefined;
}

/**
 * The layers that say something about a path, weakest first; the last one wins.
 *
 * @example explainValue(layersOf(environment, chart, tierText), 'resources.requests.cpu')
 */
export function explainValue(layers: readonly Layer[], path: string): readonly ProvenanceStep[] {
  const keys = parsePath(path);
  return layers.flatMap((layer) => stepOf(layer, keys));
}

/** Where a layer sets a path: its file, and the line of the path or of the nearest key around it. */
export function placeOf(layer: Layer, path: ValuePath): { readonly file: string; readonly line: number | undefined } {
  const { source, root } = layer;
  return { file: source.file, line: finderOf(layer)([...root, ...path]) };
}

type LineFinder = (path: ValuePath) => number | undefined;

// A file is parsed once, however many paths are asked for.
const finders = new WeakMap<Layer, LineFinder>();

function finderOf(layer: Layer): LineFinder {
  const known = finders.get(layer) ?? createFinder(layer);
  finders.set(layer, known);
  return known;
}

function createFinder({ source, constant }: Layer): LineFinder {
  return source.file.endsWith('.ts') ? typescriptLines(source, constant) : readYaml(source).lineOf;
}

function stepOf(layer: Layer, path: ValuePath): readonly ProvenanceStep[] {
  const value = isRemoved(layer.values, path) ? null : valueAt(layer.values, path);
  return value === undefined ? [] : [{ layer: layer.name, value, ...placeOf(layer, path) }];
}

function isRemoved(values: Value, path: ValuePath): boolean {
  return path.some((_, depth) => valueAt(values, path.slice(0, depth + 1)) === null);
}
