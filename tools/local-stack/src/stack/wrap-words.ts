import { stripVTControlCharacters } from 'node:util';

const indent = '  ';

/** Breaks a line between words so that no piece is wider than told, a longer word aside; later pieces are indented. */
export function wrapWords(line: string, width: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const pieces: string[] = [];
  for (const word of line.split(' ')) {
    const last = pieces.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && widthOf(longer) <= width) pieces[pieces.length - 1] = longer;
    else pieces.push(last === undefined ? word : `${indent}${word}`);
  }
  return pieces;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
