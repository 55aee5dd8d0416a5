import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Progress } from '../command-io.ts';

/** Progress for a terminal, on stderr: a spinner while a step runs, then its outcome. */
export function terminalProgress(): Progress {
  return {
    async step(title, work) {
      const results: Awaited<ReturnType<typeof work>>[] = [];
      const list = new Listr([], {
        registerSignalListeners: false,
        rendererOptions: { logger: loggerOnStderr(), showErrorMessage: false },
      });
      list.add({
        title,
        task: async (_, task) => void results.push(await work((text) => (task.title = `${title}: ${text}`))),
      });
      await list.run();
      const [result] = results;
      return result as Awaited<ReturnType<typeof work>>; // the list ran without throwing, so the work has returned
    },
  };
}

function loggerOnStderr() {
  return new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
}
