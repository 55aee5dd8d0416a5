import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findRoot } from './find-root.ts';

const ownCheckout = resolve(import.meta.dirname, '../../..');

describe('findRoot', () => {
  it('finds the checkout around a directory', () => expect(findRoot(import.meta.dirname)).toBe(ownCheckout));

  it('takes its own checkout where there is none around', () => expect(findRoot('/')).toBe(ownCheckout));

  it('takes a directory that is asked for, relative to the current one', () => {
    expect(findRoot(resolve(ownCheckout, 'tools'), '..')).toBe(ownCheckout);
  });

  it('refuses one that is no checkout', () => {
    expect(() => findRoot(ownCheckout, 'tools')).toThrow(/tools is not a checkout of this repository/);
  });
});
