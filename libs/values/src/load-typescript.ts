import { createRequire } from 'node:module';
import type typescript from 'typescript';
import type { SourceText } from './source-text.ts';

/** A TypeScript file as the compiler sees it, and the compiler. */
export interface ParsedSource {
  readonly ts: typeof typescript;
  readonly file: typescript.SourceFile;
}

/** Parses a file. The compiler is loaded by the first call and not before: it takes a quarter of a second. */
export function parseTypescript({ file, text }: SourceText): ParsedSource {
  const ts: typeof typescript = createRequire(import.meta.url)('typescript');
  return { ts, file: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
}

/** The line, from 1, at which a node begins. */
export function lineOfNode({ file }: ParsedSource, node: typescript.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
