import { debianPackages } from './ci/debian-packages.ts';
import { thisMachine } from './ci/this-machine.ts';

// Prints which of the programs that tests use, where they are there, this machine has. As a runtime input of Nx it
// makes tests run again on a machine that has more of them: a test that was skipped must not stay so in the cache.
const { has } = thisMachine(process.env);
const used = debianPackages.filter(({ usedBy }) => usedBy.includes('npm test')).flatMap(({ provides }) => provides);
process.stdout.write(used.filter(has).join(' '));
