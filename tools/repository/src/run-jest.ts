import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'jest';

// Runs the tests of one project: node tools/repository/src/run-jest.ts <folder> [jest options]
const [folder = '.', ...options] = process.argv.slice(2);
const results = join(process.cwd(), 'dist', folder, 'test-results.json');
const patienceMs = 15_000;

// Nx asks its tasks for colours. Programs that tests start would print them where text is expected.
delete process.env.FORCE_COLOR;

// What an earlier run left would otherwise be counted when this one dies before it writes.
rmSync(results, { force: true });
mkdirSync(dirname(results), { recursive: true });
await run([
  '--config=jest.config.ts',
  `--rootDir=${folder}`,
  '--passWithNoTests',
  '--json',
  `--outputFile=${results}`,
  ...options,
]);

// A test that leaves a process running would otherwise keep this one waiting for ever.
setTimeout(failForLeftovers, patienceMs).unref();

function failForLeftovers(): never {
  const kinds = [...new Set(process.getActiveResourcesInfo())].join(', ');
  process.stderr.write(
    `The tests of ${folder} ended, but left something running (${kinds}); stop it in the test that starts it.\n`,
  );
  process.exit(1);
}
