import { basename, matchesGlob } from 'node:path';

interface Rule {
  readonly pattern: string;
  readonly isNegated: boolean;
  readonly isForDirectories: boolean;
  readonly isAnchored: boolean;
}

/** A path inside the chart, with `/` between its parts. */
export interface ChartPath {
  readonly path: string;
  readonly isDirectory: boolean;
}

/** Reads a `.helmignore` file: the result tells of a path whether Helm leaves it out of the chart. */
export function parseHelmIgnore(text: string): (entry: ChartPath) => boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#')).map(parseRule);
  return (entry) => rules.some((rule) => excludes(rule, entry));
}

function parseRule(line: string): Rule {
  const isNegated = line.startsWith('!');
  const pattern = line.slice(isNegated ? 1 : 0).replace(/\/$/, '');
  return {
    pattern: pattern.replace(/^\//, ''),
    isNegated,
    isForDirectories: line.endsWith('/'),
    isAnchored: pattern.includes('/'),
  };
}

/** Unlike git, Helm takes a negated rule to exclude whatever it does not match. */
function excludes(rule: Rule, { path, isDirectory }: ChartPath): boolean {
  if (rule.isForDirectories && !isDirectory) return false;
  return matchesGlob(rule.isAnchored ? path : basename(path), rule.pattern) !== rule.isNegated;
}
