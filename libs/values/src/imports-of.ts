import type typescript from 'typescript';
import { lineOfNode, type ParsedSource, parseTypescript } from './load-typescript.ts';
import type { SourceText } from './source-text.ts';

/** A module that a file loads, in whichever way, and the line where. */
export interface ImportedModule {
  readonly module: string;
  readonly line: number;
}

/** The modules that a TypeScript file imports, exports from, requires or loads while it runs. */
export function importsOf(source: SourceText): readonly ImportedModule[] {
  const parsed = parseTypescript(source);
  const specifiers = descendants(parsed, parsed.file).flatMap((node) => specifierOf(parsed, node));
  return specifiers.map((node) => ({
    module: parsed.ts.isStringLiteralLike(node) ? node.text : node.getText(),
    line: lineOfNode(parsed, node),
  }));
}

function specifierOf({ ts }: ParsedSource, node: typescript.Node): readonly typescript.Node[] {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier ? [node.moduleSpecifier] : [];
  if (ts.isExternalModuleReference(node)) return [node.expression];
  return ts.isCallExpression(node) && isLoader(ts, node.expression) ? [node.arguments[0] ?? node] : [];
}

function isLoader(ts: typeof typescript, callee: typescript.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function descendants(parsed: ParsedSource, node: typescript.Node): readonly typescript.Node[] {
  const children: typescript.Node[] = [];
  parsed.ts.forEachChild(node, (child) => {
    children.push(child, ...descendants(parsed, child));
  });
  return children;
}
