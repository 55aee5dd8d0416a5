import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

let checkout: TemporaryCheckout;
beforeAll(async () => {
  checkout = await temporaryCheckout();
});
afterAll(() => checkout.remove());

/** The text of the line that a step names, so that the test follows the files as they change. */
const lineAt = ({ file, line }: { readonly file: string; readonly line: number }) =>
  checkout.read(file).split('\n')[line - 1]?.trim();

describe('gitops explain', () => {
  it('shows the layers of a value, weakest first, each with its file and line', async () => {
    const { exitCode, stdout } = await checkout.run('explain', 'prod', 'resources.requests.cpu', '--json');
    const { value, steps } = JSON.parse(stdout);
    expect([exitCode, value]).toEqual([0, '500m']);
    expect(steps.map(({ layer, file }: { layer: string; file: string }) => [layer, file])).toEqual([
      ['chart default', 'charts/task-api/values.yaml'],
      ['tier', 'libs/values/src/tiers.ts'],
    ]);
    for (const step of steps) expect(lineAt(step)).toMatch(/\bcpu: /);
  });

  it('prints a table for people', async () => {
    const { stdout } = await checkout.run('explain', 'prod', 'replicaCount');
    expect(stdout).toMatch(
      /^replicaCount of prod, weakest layer first; the last that sets it wins\n\nlayer +value +set in\nchart default +\d+ +charts\/task-api\/values.yaml:\d+\ntier +3 +libs\/values\/src\/tiers.ts:\d+\nenvironment +– +not in environments\/prod\/environment.ts\nrelease +– +not in environments\/prod\/release.yaml\n$/,
    );
  });

  it('names environment.ts for what the environment sets', async () => {
    const { stdout } = await checkout.run('explain', 'prod', 'credentials.existingSecret', '--json');
    const last = JSON.parse(stdout).steps.at(-1);
    expect([last.layer, lineAt(last)]).toEqual(['environment', expect.stringContaining('existingSecret')]);
  });

  it('explains every value of the overlay with --all', async () => {
    const { stdout } = await checkout.run('explain', 'prod', '--all', '--json');
    const { values } = JSON.parse(stdout);
    expect(values).toContainEqual(expect.objectContaining({ path: 'replicaCount', value: 3, layer: 'tier' }));
    expect(values).toContainEqual(
      expect.objectContaining({ path: 'image.tag', layer: 'release', file: 'environments/prod/release.yaml' }),
    );
    expect(values.every(({ line }: { line?: number }) => Number.isInteger(line))).toBe(true);
  });

  it('suggests the path that was meant', async () => {
    const { exitCode, stderr } = await checkout.run('explain', 'prod', 'resources.request.cpu');
    expect([exitCode, stderr]).toEqual([
      2,
      'error: resources.request.cpu is not a value of the chart in prod; did you mean resources.requests.cpu?\n',
    ]);
  });
});
