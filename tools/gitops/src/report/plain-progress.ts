import type { Progress } from '../command-io.ts';

/** Progress for logs: a line when a step begins and one when it ends. */
export function plainProgress(write: (line: string) => void): Progress {
  return {
    async step(title, work) {
      write(`→ ${title}\n`);
      const startedAtMs = performance.now();
      let detail = '';
      try {
        const result = await work((text) => (detail = text));
        write(`✔ ${title}${detail && `: ${detail}`} (${seconds(startedAtMs)})\n`);
        return result;
      } catch (error) {
        write(`✖ ${title} (${seconds(startedAtMs)})\n`);
        throw error;
      }
    },
  };
}

/** Progress that nobody sees, for `--json` and tests. */
export const silentProgress: Progress = { step: (_title, work) => work(() => undefined) };

function seconds(startedAtMs: number): string {
  return `${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
}
