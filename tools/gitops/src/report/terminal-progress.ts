import { Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from 'listr2';
import type { Progress } from '../command-io.ts';

/** Progress for a terminal, on stderr: a spinner while a step runs, then its outcome. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const logger = () => new ListrLogger({ processOutput: new ProcessOutput(stream, stream) });
  return {
    async step(title, work) {
      const done: { result?: Awaited<ReturnType<typeof work>> } = {};
      const task = async (_: unknown, wrapper: Pick<ListrTaskWrapper<unknown, never, never>, 'title'>) => {
        done.result = await work((text) => (wrapper.title = `${title}: ${text}`));
      };
      await new Listr([{ title, task }], { registerSignalListeners: false, rendererOptions: { logger: logger() } }).run();
      // The list ran without throwing, so the work has returned.
      return done.result as Awaited<ReturnType<typeof work>>;
    },
  };
}
