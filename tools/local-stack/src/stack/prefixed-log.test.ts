import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { prefixedLog } from './prefixed-log.ts';

function written(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  prefixedLog('migrate', (line) => void lines.push(stripVTControlCharacters(line)), columns)(text);
  return lines;
}

describe('prefixedLog', () => {
  it('breaks lines that are wider than the terminal', () => {
    expect(written('waits for the database', 25)).toEqual(['migrate  │ waits for the\n', 'migrate  │   database\n']);
  });

  it('leaves lines whole on a terminal that does not tell its width', () => {
    expect(written('waits for the database', 0)).toEqual(['migrate  │ waits for the database\n']);
  });
});
