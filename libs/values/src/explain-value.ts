import type { Layer } from './layers.ts';
import type { Value } from './merge-values.ts';
import { lineOfPath } from './typescript-positions.ts';
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
export function placeOf(
  { source, root, constant }: Layer,
  path: ValuePath,
): { readonly file: string; readonly line: number | undefined } {
  const inFile = [...root, ...path];
  const line = source.file.endsWith('.ts') ? lineOfPath(source, inFile, constant) : readYaml(source).lineOf(inFile);
  return { file: source.file, line };
}

function stepOf(layer: Layer, path: ValuePath): readonly ProvenanceStep[] {
  const value = isRemoved(layer.values, path) ? null : valueAt(layer.values, path);
  return value === undefined ? [] : [{ layer: layer.name, value, ...placeOf(layer, path) }];
}

function isRemoved(values: Value, path: ValuePath): boolean {
  return path.some((_, depth) => valueAt(values, path.slice(0, depth + 1)) === null);
}
