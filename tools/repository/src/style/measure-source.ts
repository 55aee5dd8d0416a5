import type TypeScript from 'typescript';
import { ts } from '../load-typescript.ts';

/** A named function: a declaration, a method, a constructor, or a function that is the value of a name. */
export interface MeasuredFunction {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly lines: number;
  readonly parameters: number;
  readonly hasBooleanParameter: boolean;
}

/** An `as` other than `as const`. */
export interface Cast {
  readonly file: string;
  readonly line: number;
  /** Whether a comment stands on its line or just above it. */
  readonly hasReason: boolean;
}

export interface SourceMeasures {
  readonly file: string;
  readonly lines: number;
  readonly commentLines: number;
  readonly functions: readonly MeasuredFunction[];
  readonly casts: readonly Cast[];
  readonly anyCount: number;
  readonly defaultExportCount: number;
}

/** Measures one source file. */
export function measureSource(file: string, text: string): SourceMeasures {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const nodes = [...descendants(tree)];
  const textLines = text.split('\n');
  return {
    file,
    lines: textLines.length,
    commentLines: textLines.filter(isCommentLine).length,
    functions: nodes.flatMap((node) => measureFunction(node, tree)),
    casts: nodes.filter(isCast).map((node) => ({ file, ...describeCast(node, tree, textLines) })),
    anyCount: nodes.filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword).length,
    defaultExportCount: nodes.filter(isDefaultExport).length,
  };
}

export function countLines(text: string): number {
  return text.split('\n').length;
}

function* descendants(node: TypeScript.Node): Generator<TypeScript.Node> {
  yield node;
  const children: TypeScript.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* descendants(child);
}

function isCommentLine(line: string): boolean {
  return /^\s*(\/\/|\/\*|\*)/.test(line);
}

function measureFunction(node: TypeScript.Node, tree: TypeScript.SourceFile): readonly MeasuredFunction[] {
  const name = nameOf(node);
  if (name === undefined || !ts.isFunctionLike(node)) return [];
  const first = lineOf(node.getStart(tree), tree);
  return [
    {
      file: tree.fileName,
      name,
      line: first,
      lines: lineOf(node.getEnd(), tree) - first + 1,
      parameters: node.parameters.length,
      hasBooleanParameter: node.parameters.some(({ type }) => type?.kind === ts.SyntaxKind.BooleanKeyword),
    },
  ];
}

function nameOf(node: TypeScript.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.body && 'constructor';
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
    return node.body && (node.name?.getText() ?? 'default');
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? nameOfValue(node) : undefined;
}

function nameOfValue(node: TypeScript.Expression): string | undefined {
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && parent.initializer === node ? parent.name.getText() : undefined;
}

function isCast(node: TypeScript.Node): node is TypeScript.AsExpression {
  return ts.isAsExpression(node) && node.type.getText() !== 'const';
}

/** One reason may serve two casts in a row. */
const reasonReach = 2;

function describeCast(
  node: TypeScript.AsExpression,
  tree: TypeScript.SourceFile,
  textLines: readonly string[],
): Omit<Cast, 'file'> {
  const line = lineOf(node.type.getStart(tree), tree);
  const own = textLines[line - 1] ?? '';
  const above = textLines.slice(Math.max(0, line - 1 - reasonReach), line - 1);
  return { line, hasReason: /\/\/|\/\*/.test(own) || above.some(isCommentLine) };
}

function isDefaultExport(node: TypeScript.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function lineOf(position: number, tree: TypeScript.SourceFile): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}
