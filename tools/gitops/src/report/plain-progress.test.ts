import { describe, expect, it } from '@jest/globals';
import { plainProgress } from './plain-progress.ts';

function recorded() {
  const lines: string[] = [];
  return { lines, progress: plainProgress((line) => lines.push(line)) };
}

describe('plainProgress', () => {
  it('writes a line when a step begins and one when it ends, with its note and its time', async () => {
    const { lines, progress } = recorded();
    const result = await progress.step('find Helm', async (note) => {
      note('4.1.4');
      return 'helm';
    });
    expect([result, lines]).toEqual([
      'helm',
      ['→ find Helm\n', expect.stringMatching(/^✔ find Helm: 4\.1\.4 \(\d+\.\d s\)\n$/)],
    ]);
  });

  it('marks a step that fails and passes its error on', async () => {
    const { lines, progress } = recorded();
    await expect(progress.step('find Helm', () => Promise.reject(new Error('none')))).rejects.toThrow('none');
    expect(lines.at(-1)).toMatch(/^✖ find Helm \(/);
  });
});
