import { describe, expect, it } from '@jest/globals';
import { identityOf, storageKeyOf } from './identity-of.ts';

const deployment = (apiVersion: string, namespace?: string) => ({
  apiVersion,
  kind: 'Deployment',
  metadata: { name: 'api', ...(namespace !== undefined && { namespace }) },
});

describe('identityOf', () => {
  it('names version, kind, namespace and name', () => {
    expect(identityOf(deployment('apps/v1', 'shop'))).toBe('apps/v1 Deployment shop/api');
  });

  it('leaves out a namespace that is not stated', () => {
    expect(identityOf(deployment('apps/v1'))).toBe('apps/v1 Deployment api');
  });
});

describe('storageKeyOf', () => {
  it('is one for two versions of an API, and for a namespace that is stated or not', () => {
    expect(storageKeyOf(deployment('apps/v1beta1', 'shop'), 'shop')).toBe(storageKeyOf(deployment('apps/v1'), 'shop'));
  });

  it('differs between groups', () => {
    expect(storageKeyOf(deployment('apps/v1'), 'shop')).not.toBe(
      storageKeyOf(deployment('extensions/v1beta1'), 'shop'),
    );
  });
});
