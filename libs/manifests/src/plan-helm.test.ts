import { describe, expect, it } from '@jest/globals';
import { namesOf, rendered } from '../test/manifest-of.ts';
import { type HelmOperation, planHelm } from './plan-helm.ts';

const hook = (events: string, weight?: string) => ({
  'helm.sh/hook': events,
  ...(weight !== undefined && { 'helm.sh/hook-weight': weight }),
});

const release = rendered(
  { kind: 'Deployment', name: 'api', apiVersion: 'apps/v1' },
  { kind: 'Service', name: 'api' },
  { kind: 'Secret', name: 'credentials' },
  { kind: 'Widget', name: 'custom', apiVersion: 'example.com/v1' },
  { kind: 'PersistentVolumeClaim', name: 'files', annotations: { 'helm.sh/resource-policy': 'keep' } },
  { kind: 'Job', name: 'migrate', apiVersion: 'batch/v1', annotations: hook('post-install,pre-upgrade', '-5') },
  { kind: 'Job', name: 'init', apiVersion: 'batch/v1', annotations: hook('pre-install, pre-upgrade', '-10') },
  { kind: 'ServiceAccount', name: 'init', annotations: hook('pre-install,pre-upgrade', '-20') },
  { kind: 'Pod', name: 'test', annotations: hook('test') },
  { kind: 'Job', name: 'undo', apiVersion: 'batch/v1', annotations: hook('pre-rollback') },
  { kind: 'Job', name: 'farewell', apiVersion: 'batch/v1', annotations: hook('post-delete') },
);

/** `phase@weight: kinds and names` */
function outline(operation: HelmOperation, objects = release): readonly string[] {
  return planHelm(objects, operation).map(
    ({ name, wave, objects: members }) => `${name}@${wave}: ${namesOf(members).join(' ')}`,
  );
}

const releaseInOrder = 'Secret/credentials PersistentVolumeClaim/files Service/api Deployment/api Widget/custom';

describe('planHelm', () => {
  it('puts the hooks of an installation around the objects in the order of their kinds', () => {
    expect(outline('install')).toEqual([
      'pre-install@-20: ServiceAccount/init',
      'pre-install@-10: Job/init',
      `install@0: ${releaseInOrder}`,
      'post-install@-5: Job/migrate',
    ]);
  });

  it('runs the hooks before an upgrade before anything is applied', () => {
    expect(outline('upgrade')).toEqual([
      'pre-upgrade@-20: ServiceAccount/init',
      'pre-upgrade@-10: Job/init',
      'pre-upgrade@-5: Job/migrate',
      `upgrade@0: ${releaseInOrder}`,
    ]);
  });

  it('runs no upgrade hook in a rollback', () => {
    expect(outline('rollback')).toEqual(['pre-rollback@0: Job/undo', `rollback@0: ${releaseInOrder}`]);
  });

  it('removes backwards, Services early, and keeps what asks to be kept', () => {
    expect(outline('uninstall')).toEqual([
      'uninstall@0: Service/api Deployment/api Secret/credentials Widget/custom',
      'post-delete@0: Job/farewell',
    ]);
  });

  it('runs only the tests in a test', () => {
    expect(outline('test')).toEqual(['test@0: Pod/test']);
  });

  it('orders hooks of one weight by name, then by kind', () => {
    const hooks = rendered(
      { kind: 'Job', name: 'b', apiVersion: 'batch/v1', annotations: hook('pre-install') },
      { kind: 'Job', name: 'a', apiVersion: 'batch/v1', annotations: hook('pre-install') },
      { kind: 'ServiceAccount', name: 'b', annotations: hook('pre-install') },
    );
    expect(outline('install', hooks)).toEqual(['pre-install@0: Job/a ServiceAccount/b Job/b']);
  });

  it('drops an object of which one hook name is unknown, as Helm does', () => {
    expect(
      outline('install', rendered({ kind: 'Secret', name: 's', annotations: hook('pre-install,pre-instal') })),
    ).toEqual([]);
  });

  it('counts a weight that is no whole number as 0', () => {
    expect(
      outline('install', rendered({ kind: 'Secret', name: 's', annotations: hook('pre-install', '1.5') })),
    ).toEqual(['pre-install@0: Secret/s']);
  });
});
