/**
 * Splits SQL text at the semicolons that end statements: not those in strings, quoted names, dollar quotes or
 * comments. Statements are trimmed; comments before a statement stay with it; empty ones are left out.
 */
export function splitStatements(text: string): readonly string[] {
  const pieces = text.matchAll(token);
  const statements = [''];
  for (const [piece] of pieces) {
    if (piece === ';') statements.push('');
    else statements[statements.length - 1] += piece;
  }
  return statements.map((statement) => statement.trim()).filter((statement) => withoutComments(statement) !== '');
}

/** The statement without its comments, on one line, as it is shown to people. */
export function withoutComments(statement: string): string {
  return blankComments(statement).replace(/\s+/g, ' ').trim();
}

/** The statement with a blank for each comment, and quoted names as they were. */
export function blankComments(statement: string): string {
  return [...statement.matchAll(token)].map(([piece]) => (isComment(piece) ? ' ' : piece)).join('');
}

const isComment = (piece: string): boolean => piece.startsWith('--') || piece.startsWith('/*');

/** PostgreSQL's block comments nest; two levels are more than a migration needs. */
const blockComment = String.raw`/\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*]|\*(?!/))*\*/)*\*/`;
const lineComment = String.raw`--[^\n]*`;
const escapeString = String.raw`\b[eE]'(?:[^'\\]|\\.|'')*'`;
const plainString = `'(?:[^']|'')*'`;
const quotedName = `"(?:[^"]|"")*"`;
const dollarQuote = String.raw`(?<![\w$])\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$`;
const plain = String.raw`(?:(?!\b[eE]')[^;'"$/-])+|[\s\S]`;

const token = new RegExp(
  [blockComment, lineComment, escapeString, plainString, quotedName, dollarQuote, ';', plain].join('|'),
  'g',
);
