import { createRequire } from 'node:module';
import type typescript from 'typescript';
import type { SourceText } from './source-text.ts';
import type { ValuePath } from './value-path.ts';

/**
 * Finds the line, from 1, at which a file spells out a path: into the argument of its default export, or into
 * the constant named by `constant`. It is that of the nearest outer key when the path is not spelt out to its end.
 */
export function typescriptLines(
  { file, text }: SourceText,
  constant?: string,
): (path: ValuePath) => number | undefined {
  const ts = loadTypescript();
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const finder = createFinder(ts, source);
  const start = constant === undefined ? finder.defaultExport() : finder.constant(constant);
  return (path) => {
    const node = start && finder.follow(start, path);
    return node && source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  };
}

/** The modules that a file imports or loads, each with its line. */
export function importsOf({ file, text }: SourceText): readonly { readonly module: string; readonly line: number }[] {
  const ts = loadTypescript();
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const nodes = descendants(ts, source).flatMap((node) => moduleOf(ts, node));
  return nodes.map((node) => ({
    module: ts.isStringLiteralLike(node) ? node.text : node.getText(),
    line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
  }));
}

/** Loaded when a position is asked for and not before: the compiler takes a quarter of a second to load. */
function loadTypescript(): typeof typescript {
  return createRequire(import.meta.url)('typescript'); // `any` of require becomes the type here
}

function createFinder(ts: typeof typescript, source: typescript.SourceFile) {
  return { defaultExport, constant, follow };

  function defaultExport(): typescript.Node | undefined {
    return source.statements.find(ts.isExportAssignment)?.expression;
  }

  function constant(name: string): typescript.Node | undefined {
    const declarations = source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations]);
    return declarations.find((declaration) => declaration.name.getText() === name)?.initializer;
  }

  /** The last node on the way along the path that the file spells out. */
  function follow(start: typescript.Node, path: ValuePath): typescript.Node {
    const [key, ...rest] = path;
    const next = key === undefined ? undefined : child(start, key);
    if (next === undefined) return start;
    return rest.length === 0 ? next.name : deeper(next, rest);
  }

  function deeper({ name, value }: Member, rest: ValuePath): typescript.Node {
    const end = follow(value, rest);
    return end === value ? name : end;
  }

  function child(node: typescript.Node, key: string): Member | undefined {
    const literal = unwrap(node);
    if (literal === undefined) return undefined;
    if (ts.isArrayLiteralExpression(literal)) return elementOf(literal, key);
    return literal.properties.map((property) => memberOf(property, key)).findLast((member) => member !== undefined);
  }

  function elementOf(literal: typescript.ArrayLiteralExpression, key: string): Member | undefined {
    const value = literal.elements[Number(key)];
    return value && { name: value, value };
  }

  function memberOf(property: typescript.ObjectLiteralElementLike, key: string): Member | undefined {
    if (ts.isSpreadAssignment(property)) return child(property.expression, key);
    const { name } = property;
    if (!isNamed(name, key)) return undefined;
    return { name, value: ts.isPropertyAssignment(property) ? property.initializer : name };
  }

  function isNamed(name: typescript.PropertyName, key: string): boolean {
    return (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) && name.text === key;
  }

  /** The literal behind a call, a cast or the name of a constant. */
  function unwrap(node: typescript.Node | undefined): Literal | undefined {
    if (node === undefined || ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return node;
    if (ts.isCallExpression(node)) return unwrap(node.arguments[0]);
    if (ts.isIdentifier(node)) return unwrap(constant(node.text));
    return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? unwrap(node.expression) : undefined;
  }
}

type Literal = typescript.ObjectLiteralExpression | typescript.ArrayLiteralExpression;

interface Member {
  readonly name: typescript.Node;
  readonly value: typescript.Node;
}

function moduleOf(ts: typeof typescript, node: typescript.Node): readonly typescript.Node[] {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier ? [node.moduleSpecifier] : [];
  if (ts.isExternalModuleReference(node)) return [node.expression];
  return ts.isCallExpression(node) && isLoader(ts, node.expression) ? [node.arguments[0] ?? node] : [];
}

function isLoader(ts: typeof typescript, callee: typescript.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function descendants(ts: typeof typescript, node: typescript.Node): readonly typescript.Node[] {
  const children: typescript.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child, ...descendants(ts, child));
  });
  return children;
}
