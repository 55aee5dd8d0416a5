// Loaded by `node --import`: prints on exit which packages the process has loaded, as the last line of stderr.
import { registerHooks } from 'node:module';

const packages = new Set();

registerHooks({
  load(url, context, next) {
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/|\/(libs\/[^/]+)\//.exec(url);
    if (name !== null) packages.add(name[1] ?? name[2]);
    return next(url, context);
  },
});

process.on('exit', () => process.stderr.write(`${JSON.stringify([...packages].sort())}\n`));
