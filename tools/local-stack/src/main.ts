/** `node tools/local-stack/src/main.ts [--port 8000] [--data DIRECTORY] [--reset]`: the whole service on this machine. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalStackError } from './local-stack-error.ts';
import { runStack } from './stack/run-stack.ts';

const { values } = parseArgs({
  options: { port: { type: 'string' }, data: { type: 'string' }, reset: { type: 'boolean', default: false } },
});

try {
  process.exitCode = await runStack({
    root: join(import.meta.dirname, '../../..'),
    data: values.reset ? 'reset' : 'keep',
    write: (text) => void process.stdout.write(text),
    ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
    ...(values.data === undefined ? {} : { directory: values.data }),
  });
} catch (error) {
  if (!(error instanceof LocalStackError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new LocalStackError('bad-option', { what: '--port', value: text, allowed: 'a whole number from 1 to 65535' });
}
