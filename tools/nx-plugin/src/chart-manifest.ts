import { parse } from 'yaml';
import { NxPluginError } from './nx-plugin-error.ts';

/**
 * The names of the charts that a Chart.yaml depends on.
 *
 * @throws NxPluginError `chart-unreadable`
 */
export function readDependencyNames(text: string, file: string): readonly string[] {
  const { dependencies = [] } = parseManifest(text, file) ?? {};
  return dependencies.map(({ name }) => name);
}

interface ChartManifest {
  readonly dependencies?: readonly { readonly name: string }[];
}

function parseManifest(text: string, file: string): ChartManifest | null {
  try {
    return parse(text);
  } catch (cause) {
    throw new NxPluginError('chart-unreadable', { file, reason: reasonOf(cause) }, { cause });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
