import { describe, expect, it } from '@jest/globals';
import { parseManifests } from './parse-manifests.ts';
import { validateObjects } from './validate-objects.ts';
import type { ValidationOptions } from './validation-options.ts';

const job = () => `---
# Source: shop/templates/migrate.yaml
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    helm.sh/hook: pre-install
    helm.sh/hook-weight: "-5"
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: example/api:1.0.0
          envFrom:
            - secretRef:
                name: credentials
`;

const maker = (weight: string) => `---
apiVersion: batch/v1
kind: Job
metadata:
  name: init
  annotations:
    helm.sh/hook: pre-install
    helm.sh/hook-weight: "${weight}"
    helm.sh/hook-delete-policy: hook-succeeded
    task-api/creates: v1 Secret credentials
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: init
          image: example/api:1.0.0
`;

const sealed = `---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: credentials
  annotations:
    argocd.argoproj.io/sync-wave: "-5"
    helm.sh/hook: pre-install
    helm.sh/hook-weight: "-6"
`;

function validate(stream: string, options: Partial<ValidationOptions> = {}) {
  return validateObjects(parseManifests(stream), { kubernetesVersion: '1.35', namespace: 'shop', ...options });
}

const rulesIn = (stream: string, options?: Partial<ValidationOptions>) =>
  validate(stream, options).map(({ rule }) => rule);

describe('validateObjects', () => {
  it('says where the finding lies in object, stream and template', () => {
    const readTemplate = (template: string) =>
      template === 'shop/templates/migrate.yaml' ? 'spec:\n  envFrom:\n    - secretRef:\n        name: x\n' : undefined;
    expect(validate(job(), { readTemplate })).toEqual([
      {
        rule: 'unresolved-reference',
        severity: 'error',
        object: 'batch/v1 Job migrate',
        path: 'spec.template.spec.containers[migrate].envFrom[0].secretRef.name',
        message: 'names the Secret "credentials", which neither the render nor anything provided contains',
        template: 'shop/templates/migrate.yaml',
        line: 4,
        renderedLine: 19,
      },
    ]);
  });

  it.each(['v1 Secret credentials', 'v1 Secret shop/credentials'])('takes %s for there when it is provided', (text) => {
    expect(rulesIn(job(), { provided: [text] })).toEqual([]);
  });

  it('does not take what is provided in another namespace', () => {
    expect(rulesIn(job(), { provided: ['v1 Secret elsewhere/credentials'] })).toEqual(['unresolved-reference']);
  });

  it('takes a Secret that an earlier Job says it creates, and that stays when the Job is deleted', () => {
    expect(rulesIn(maker('-10') + job())).toEqual([]);
  });

  it('refuses a Secret that a later Job creates', () => {
    expect(rulesIn(maker('10') + job())).toEqual(['comes-too-late']);
  });

  it('knows that a SealedSecret makes a Secret, and takes its kind only when told to', () => {
    expect(rulesIn(sealed + job())).toEqual(['unknown-kind']);
    expect(rulesIn(sealed + job(), { uncheckedKinds: ['bitnami.com/v1alpha1 SealedSecret'] })).toEqual([]);
  });

  it('refuses a Kubernetes version that it has no schemas for', () => {
    // A version from the command line or a file is text until it is checked.
    const kubernetesVersion = '1.20' as ValidationOptions['kubernetesVersion'];
    expect(() => validate(job(), { kubernetesVersion })).toThrow(
      'kubernetesVersion is "1.20"; allowed are 1.31, 1.32, 1.33, 1.34, 1.35',
    );
  });
});
