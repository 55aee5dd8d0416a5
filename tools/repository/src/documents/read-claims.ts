/** Something a document says exists. */
export interface Claim {
  readonly kind: 'link' | 'path' | 'command';
  readonly text: string;
  readonly line: number;
}

const fence = /^\s*(```|~~~)(?<language>\w*)/;
const shellLanguages: ReadonlySet<string> = new Set(['', 'sh', 'bash', 'shell', 'console']);

/** Lists the links, the paths in backticks and the commands of a Markdown text. */
export function readClaims(markdown: string): readonly Claim[] {
  return splitLines(markdown).flatMap(({ text, line, block }) => {
    return readers[block](text).map((claim) => ({ ...claim, line }));
  });
}

type Found = Omit<Claim, 'line'>;

interface Line {
  readonly text: string;
  readonly line: number;
  /** What the line is part of; the fences themselves are `other`. */
  readonly block: 'prose' | 'shell' | 'other';
}

function splitLines(markdown: string): readonly Line[] {
  let open: string | undefined;
  return markdown.split('\n').map((text, index) => {
    const language = fence.exec(text)?.groups?.language;
    const block = language !== undefined ? 'other' : blockOf(open);
    if (language !== undefined) open = open === undefined ? language : undefined;
    return { text, line: index + 1, block };
  });
}

function blockOf(language: string | undefined): Line['block'] {
  if (language === undefined) return 'prose';
  return shellLanguages.has(language) ? 'shell' : 'other';
}

function readProse(text: string): readonly Found[] {
  const links = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(
    (match): Found => ({ kind: 'link', text: match[1] ?? '' }),
  );
  return [...links, ...[...text.matchAll(/`(?<code>[^`]+)`/g)].flatMap((match) => readCode(match[1] ?? ''))];
}

function readCode(code: string): readonly Found[] {
  if (code.includes(' ')) return readShell(code);
  return code.includes('/') ? [{ kind: 'path', text: code }] : [];
}

const readers: Readonly<Record<Line['block'], (text: string) => readonly Found[]>> = {
  prose: readProse,
  shell: readShell,
  other: () => [],
};

/** One line of a shell may hold several commands; a comment ends it. */
function readShell(text: string): readonly Found[] {
  const [code = ''] = text.replace(/^\s*[$>] /, '').split(/\s#/);
  const commands = code.split(/&&|\|\||;|\|/).map((command) => command.trim());
  return commands.filter(Boolean).map((command) => ({ kind: 'command', text: command }));
}
