import type typescript from 'typescript';
import { lineOfNode, type ParsedSource, parseTypescript } from './load-typescript.ts';
import type { SourceText } from './source-text.ts';
import type { ValuePath } from './value-path.ts';

/**
 * Finds the line, from 1, at which a file spells out a path: into the argument of its default export, or into
 * the constant named by `constant`. It is that of the nearest outer key when the path is not spelt out to its end.
 */
export function typescriptLines(source: SourceText, constant?: string): (path: ValuePath) => number | undefined {
  const parsed = parseTypescript(source);
  const start = constant === undefined ? defaultExport(parsed) : initializerOf(parsed, constant);
  return (path) => start && lineOfNode(parsed, follow(parsed, start, path));
}

function defaultExport({ ts, file }: ParsedSource): typescript.Node | undefined {
  return file.statements.find(ts.isExportAssignment)?.expression;
}

function initializerOf({ ts, file }: ParsedSource, constant: string): typescript.Node | undefined {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return declarations.find((declaration) => declaration.name.getText() === constant)?.initializer;
}

/** The last node on the way along the path that the file spells out. */
function follow(parsed: ParsedSource, start: typescript.Node, [key, ...rest]: ValuePath): typescript.Node {
  const member = key === undefined ? undefined : memberOf(parsed, start, key);
  if (member === undefined) return start;
  const end = follow(parsed, member.value, rest);
  return end === member.value ? member.name : end;
}

interface Member {
  readonly name: typescript.Node;
  readonly value: typescript.Node;
}

function memberOf(parsed: ParsedSource, node: typescript.Node, key: string): Member | undefined {
  const literal = literalOf(parsed, node);
  if (literal === undefined) return undefined;
  if (parsed.ts.isArrayLiteralExpression(literal)) return elementOf(literal, key);
  const members = literal.properties.map((property) => propertyOf(parsed, property, key));
  return members.findLast((member) => member !== undefined);
}

function elementOf(literal: typescript.ArrayLiteralExpression, key: string): Member | undefined {
  const value = literal.elements[Number(key)];
  return value && { name: value, value };
}

function propertyOf(
  parsed: ParsedSource,
  property: typescript.ObjectLiteralElementLike,
  key: string,
): Member | undefined {
  const { ts } = parsed;
  if (ts.isSpreadAssignment(property)) return memberOf(parsed, property.expression, key);
  const { name } = property;
  if (!isNamed(ts, name, key)) return undefined;
  return { name, value: ts.isPropertyAssignment(property) ? property.initializer : name };
}

function isNamed(ts: typeof typescript, name: typescript.PropertyName, key: string): boolean {
  return (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) && name.text === key;
}

type Literal = typescript.ObjectLiteralExpression | typescript.ArrayLiteralExpression;

/** The literal behind a call, a cast or the name of a constant. */
function literalOf(parsed: ParsedSource, node: typescript.Node | undefined): Literal | undefined {
  const { ts } = parsed;
  if (node === undefined || ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return node;
  if (ts.isCallExpression(node)) return literalOf(parsed, node.arguments[0]);
  if (ts.isIdentifier(node)) return literalOf(parsed, initializerOf(parsed, node.text));
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? literalOf(parsed, node.expression) : undefined;
}
