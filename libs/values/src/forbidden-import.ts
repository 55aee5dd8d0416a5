import { type ImportedModule, importsOf } from './imports-of.ts';
import type { SourceText } from './source-text.ts';

export const allowedImport = '@task-api/values';

/** The first module other than this package that an environment.ts imports; undefined when there is none. */
export function forbiddenImport(source: SourceText): ImportedModule | undefined {
  if (importsPlainly(source.text)) return undefined;
  return importsOf(source).find(({ module }) => module !== allowedImport);
}

/**
 * Whether the one usual line is all that could import anything, which spares the compiler: no import
 * comes without one of the words.
 */
function importsPlainly(text: string): boolean {
  const rest = text.replace(/^import \{ defineEnvironment \} from '@task-api\/values';$/m, '');
  return !/\b(import|require|from)\b/.test(rest);
}
