/** How a password may stand in a text, from as it is to what escapes and encodings make of it. */
export function passwordShapes(password: string): readonly string[] {
  return [...new Set([...escapes.map((write) => write(password)), ...coresOf(password).flatMap(coreShapes)])];
}

const escapes: readonly ((password: string) => string)[] = [
  (password) => password,
  (password) => Buffer.from(password).toString('base64'),
  encodeURIComponent,
  (password) => JSON.stringify(password).slice(1, -1),
  inSql,
  inSqlWithBackslashes,
  inShell,
];

function inSql(password: string): string {
  return password.replaceAll("'", "''");
}

/** Of a statement that begins its text with E. */
function inSqlWithBackslashes(password: string): string {
  return password.replace(/['\\]/g, '\\$&');
}

function inShell(password: string): string {
  return password.replaceAll("'", String.raw`'\''`);
}

/** Parts that every escape leaves as they are, long enough to stand nowhere by chance. */
function coresOf(password: string): readonly string[] {
  return password.match(/[A-Za-z0-9]{16,}/g) ?? [];
}

function coreShapes(core: string): readonly string[] {
  return [core, ...alignments.map((before) => withinBase64(core, before))];
}

/** Base64 makes four characters of three bytes: what it makes of a part depends on the bytes before it. */
const alignments = [0, 1, 2] as const;
const bitsPerByte = 8;
const bitsPerCharacter = 6;

/** The characters that hold bits of the core alone. */
function withinBase64(core: string, before: number): string {
  const first = Math.ceil((before * bitsPerByte) / bitsPerCharacter);
  const end = Math.floor(((before + core.length) * bitsPerByte) / bitsPerCharacter);
  return Buffer.from(`${'-'.repeat(before)}${core}`)
    .toString('base64')
    .slice(first, end);
}
