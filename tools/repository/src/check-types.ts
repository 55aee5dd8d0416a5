import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type TypeScript from 'typescript';
import { ts } from './load-typescript.ts';

// Type-checks the files of a folder that is no npm package: node tools/repository/src/check-types.ts <folder>
const [folder = '.'] = process.argv.slice(2);
const problems = checkTypes(resolve(folder));
process.stderr.write(ts.formatDiagnosticsWithColorAndContext(problems, formatHost()));
process.exitCode = problems.length > 0 ? 1 : 0;

/** Checks by the nearest tsconfig.json; what the folder imports is read, but only its own files are reported. */
function checkTypes(directory: string): readonly TypeScript.Diagnostic[] {
  const { options, fileNames, errors } = readConfig(nearestConfig(directory));
  const own = fileNames.filter((file) => !relative(directory, file).startsWith('..'));
  const program = ts.createProgram(own, { ...options, composite: false, emitDeclarationOnly: false, noEmit: true });
  const files = own.flatMap((file) => program.getSourceFile(file) ?? []);
  return [...errors, ...program.getOptionsDiagnostics(), ...files.flatMap((file) => diagnosticsOf(program, file))];
}

function diagnosticsOf(program: TypeScript.Program, file: TypeScript.SourceFile): readonly TypeScript.Diagnostic[] {
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
}

function nearestConfig(directory: string): string {
  const config = join(directory, 'tsconfig.json');
  if (existsSync(config)) return config;
  if (directory === process.cwd()) throw new Error(`no tsconfig.json in ${folder} or above it; add one beside it`);
  return nearestConfig(dirname(directory));
}

function readConfig(file: string): TypeScript.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  return error === undefined ? parsed : { ...parsed, errors: [error, ...parsed.errors] };
}

function formatHost(): TypeScript.FormatDiagnosticsHost {
  return { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n' };
}
