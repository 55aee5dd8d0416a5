import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readableLogLine } from './readable-log-line.ts';

const read = (entry: object) => stripVTControlCharacters(readableLogLine(JSON.stringify(entry)));

describe('readableLogLine', () => {
  it('says the time, the message and the facts', () => {
    const time = new Date(2026, 10, 23, 9, 5, 7).getTime();
    expect(read({ level: 30, time, service: 'task-api', port: 8000, model: 'embedded', msg: 'serving' })).toBe(
      '09:05:07 serving port=8000 model=embedded',
    );
  });

  it('shows an error with its stack', () => {
    const err = { type: 'Error', message: 'gone', stack: 'Error: gone\n    at x' };
    expect(read({ level: 50, time: 0, err, msg: 'failed' })).toMatch(/failed \nError: gone\n {4}at x$/);
  });

  it.each(['nothing to apply, schema is at 14', '{half a line', ''])('leaves %j as it is', (line) => {
    expect(readableLogLine(line)).toBe(line);
  });
});
