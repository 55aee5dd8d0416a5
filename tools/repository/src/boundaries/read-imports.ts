import { ts } from '../load-typescript.ts';

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** What a source file imports: statically, dynamically by a literal, or for its types only. */
export function readImports(text: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName, pos }) => ({ specifier: fileName, line: lineAt(text, pos) }));
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
