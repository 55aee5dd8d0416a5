import { isScalar, isSeq, isMap as isYamlMap, type Pair, type YAMLMap } from 'yaml';
import type { Path } from './json.ts';
import type { DocumentProblem } from './kubernetes-object.ts';

/** What the YAML says that no parser of Kubernetes keeps: keys given twice (the last wins silently) and keys that are null. */
export function documentProblems(node: unknown, path: Path = []): readonly DocumentProblem[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => documentProblems(item, [...path, index]));
  if (!isYamlMap(node)) return [];
  const inside = node.items.flatMap((pair) => documentProblems(pair.value, [...path, keyOf(pair)]));
  return [...duplicateKeys(node, path), ...nullKeys(node, path), ...inside];
}

function duplicateKeys(map: YAMLMap, path: Path): readonly DocumentProblem[] {
  const keys = map.items.map(keyOf);
  const repeated = new Set(keys.filter((key, at) => key !== '<<' && keys.indexOf(key) !== at));
  return [...repeated].map((key) => ({
    rule: 'duplicate-key',
    path: [...path, key],
    message: `"${key}" is given ${keys.filter((other) => other === key).length} times in one map; Kubernetes keeps the last and drops the others silently`,
  }));
}

function nullKeys(map: YAMLMap, path: Path): readonly DocumentProblem[] {
  const hasNull = map.items.some(({ key }) => isScalar(key) && (key.value === null || key.value === ''));
  if (!hasNull) return [];
  return [{ rule: 'null-key', path, message: 'a key of this map is empty or null; a key must be text' }];
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}
