import { describe, expect, it } from '@jest/globals';
import { namesOf, rendered } from '../test/manifest-of.ts';
import { argoDeletePoliciesOf, argoPhasesOf, argoWaveOf } from './argo-hooks.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { planArgoSync } from './plan-argo-sync.ts';

type Annotations = Readonly<Record<string, string>>;

const annotated = (annotations: Annotations): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'x', annotations },
});

describe('argoPhasesOf', () => {
  const table: readonly (readonly [string, Annotations, readonly string[]])[] = [
    ['an object without annotations', {}, ['Sync']],
    ['a pre-install hook', { 'helm.sh/hook': 'pre-install' }, ['PreSync']],
    ['a pre-upgrade hook', { 'helm.sh/hook': 'pre-upgrade' }, ['PreSync']],
    ['both of them, once', { 'helm.sh/hook': 'pre-install,pre-upgrade' }, ['PreSync']],
    [
      'a hook after the installation and before the upgrade, twice',
      { 'helm.sh/hook': 'post-install,pre-upgrade' },
      ['PostSync', 'PreSync'],
    ],
    ['a Helm test, never', { 'helm.sh/hook': 'test' }, []],
    ['a rollback hook, never', { 'helm.sh/hook': 'pre-rollback' }, []],
    ['a definition of custom resources', { 'helm.sh/hook': 'crd-install' }, ['Sync']],
    ["Argo CD's own hook", { 'argocd.argoproj.io/hook': 'PostSync' }, ['PostSync']],
    [
      "Argo CD's own hook before Helm's",
      { 'argocd.argoproj.io/hook': 'Sync', 'helm.sh/hook': 'pre-upgrade' },
      ['Sync'],
    ],
    [
      'a Helm test that is a smoke test too',
      { 'argocd.argoproj.io/hook': 'PostSync', 'helm.sh/hook': 'test' },
      ['PostSync'],
    ],
    [
      "Helm's hook where Argo CD's is unknown",
      { 'argocd.argoproj.io/hook': 'Presync', 'helm.sh/hook': 'pre-install' },
      ['PreSync'],
    ],
    ['an unknown hook alone, never', { 'argocd.argoproj.io/hook': 'Presync' }, []],
    ['what is to be skipped, never', { 'argocd.argoproj.io/hook': 'Skip', 'helm.sh/hook': 'pre-install' }, []],
    ['what is to be skipped and not', { 'argocd.argoproj.io/hook': 'Skip,PreSync' }, ['PreSync']],
  ];

  it.each(table)('runs %s', (_, annotations, phases) => {
    expect([...argoPhasesOf(annotated(annotations))].sort()).toEqual(phases);
  });
});

describe('argoWaveOf', () => {
  const table: readonly (readonly [string, Annotations, number])[] = [
    ['0 without annotations', {}, 0],
    ["Helm's weight on any object", { 'helm.sh/hook-weight': '-20' }, -20],
    ["Argo CD's wave before Helm's weight", { 'helm.sh/hook-weight': '-20', 'argocd.argoproj.io/sync-wave': '-1' }, -1],
    [
      "Helm's weight where the wave is no whole number",
      { 'helm.sh/hook-weight': '3', 'argocd.argoproj.io/sync-wave': 'x' },
      3,
    ],
  ];

  it.each(table)('is %s', (_, annotations, wave) => {
    expect(argoWaveOf(annotated(annotations))).toBe(wave);
  });
});

describe('argoDeletePoliciesOf', () => {
  it('unites what both engines were told', () => {
    const annotations = {
      'helm.sh/hook-delete-policy': 'hook-succeeded',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    };
    expect(argoDeletePoliciesOf(annotated(annotations))).toEqual(['HookSucceeded', 'BeforeHookCreation']);
  });

  it('is BeforeHookCreation when nothing known is said', () => {
    expect(argoDeletePoliciesOf(annotated({ 'helm.sh/hook-delete-policy': 'never' }))).toEqual(['BeforeHookCreation']);
  });
});

describe('planArgoSync', () => {
  it('goes by phase, wave, kind and name, and leaves out what Argo CD ignores', () => {
    const wave = (number: string) => ({ 'argocd.argoproj.io/sync-wave': number });
    const objects = rendered(
      { kind: 'Deployment', name: 'api', apiVersion: 'apps/v1' },
      { kind: 'Widget', name: 'custom', apiVersion: 'example.com/v1' },
      { kind: 'Service', name: 'b' },
      { kind: 'Service', name: 'a' },
      { kind: 'StatefulSet', name: 'database', apiVersion: 'apps/v1', annotations: wave('-2') },
      {
        kind: 'Job',
        name: 'migrate',
        apiVersion: 'batch/v1',
        annotations: { 'argocd.argoproj.io/hook': 'Sync', ...wave('-1') },
      },
      {
        kind: 'Job',
        name: 'init',
        apiVersion: 'batch/v1',
        annotations: { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': '-10' },
      },
      { kind: 'Pod', name: 'test', annotations: { 'helm.sh/hook': 'test' } },
    );
    expect(
      planArgoSync(objects).map((phase) => `${phase.name} ${phase.wave}: ${namesOf(phase.objects).join(' ')}`),
    ).toEqual([
      'PreSync -10: Job/init',
      'Sync -2: StatefulSet/database',
      'Sync -1: Job/migrate',
      'Sync 0: Service/a Service/b Deployment/api Widget/custom',
    ]);
  });

  it('brings a Namespace forward to the first object that lies in it', () => {
    const objects = rendered(
      { kind: 'Namespace', name: 'shop', annotations: { 'argocd.argoproj.io/sync-wave': '5' } },
      { kind: 'Secret', name: 'early', namespace: 'shop', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    );
    expect(
      planArgoSync(objects).map((phase) => `${phase.name} ${phase.wave}: ${namesOf(phase.objects).join(' ')}`),
    ).toEqual(['Sync -1: Namespace/shop Secret/early']);
  });
});
