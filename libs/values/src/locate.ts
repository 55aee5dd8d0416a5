import type { Environment } from './environment.ts';
import { placeOf } from './explain-value.ts';
import type { Layer } from './layers.ts';
import type { Problem } from './problem.ts';
import { typescriptLines } from './typescript-lines.ts';
import { formatPath, type ValuePath, valueAt } from './value-path.ts';
import { ValuesError } from './values-error.ts';
import { readYaml } from './yaml-text.ts';

/** The error to a problem, with the file and line where a person can mend it. */
export function locate(
  { scope, path, rule, ...facts }: Problem,
  environment: Environment,
  layers: readonly Layer[],
): ValuesError {
  const places = {
    input: () => ({ file: environment.source.file, line: typescriptLines(environment.source)(path) }),
    release: () => ({ file: environment.release.source.file, line: readYaml(environment.release.source).lineOf(path) }),
    values: () => placeOf(authorOf(layers, path), path),
  };
  return new ValuesError(rule, { ...facts, path: formatPath(path), ...places[scope]() });
}

/** The strongest layer that sets the path, or else the nearest thing around it. */
function authorOf(layers: readonly Layer[], path: ValuePath): Layer {
  const author = layers.findLast(({ values }) => path.length > 0 && valueAt(values, path) !== undefined);
  if (author !== undefined) return author;
  const [environment] = layers.filter(({ name }) => name === 'environment');
  return path.length > 0 ? authorOf(layers, path.slice(0, -1)) : (environment as Layer); // every environment has that layer
}
