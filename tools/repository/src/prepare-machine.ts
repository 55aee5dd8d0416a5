import { installPackages } from './ci/install-packages.ts';
import { thisMachine } from './ci/this-machine.ts';

// Installs the Debian packages that the tests need, for a CI that is not root afterwards: .ci/run does it by itself
// when it is. Needs no npm package.
// Usage: sudo CI=true node tools/repository/src/prepare-machine.ts
const { name, failed, note } = await installPackages('npm test', thisMachine(process.env));
process.stdout.write(`${name}: ${note}\n`);
process.exitCode = failed === 0 ? 0 : 1;
