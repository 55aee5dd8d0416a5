import { describe, expect, it } from '@jest/globals';
import { createEnvironment } from '../test/small-fleet.ts';
import { promotionOrder } from './promotion-order.ts';

const environment = (name: string, promotesFrom?: string) =>
  createEnvironment(name, promotesFrom === undefined ? {} : { promotesFrom });
const namesInOrder = (...environments: Parameters<typeof promotionOrder>[0]) =>
  promotionOrder(environments).map(({ name }) => name);

describe('promotionOrder', () => {
  it('puts an environment behind the one that it is promoted from', () => {
    const fleet = [environment('dev'), environment('prod', 'staging'), environment('staging', 'dev')];
    expect(namesInOrder(...fleet)).toEqual(['dev', 'staging', 'prod']);
  });

  it('sorts environments of the same stage by name', () => {
    const fleet = [environment('us', 'dev'), environment('eu', 'dev'), environment('dev')];
    expect(namesInOrder(...fleet)).toEqual(['dev', 'eu', 'us']);
  });

  it('ends where environments are promoted from each other', () => {
    expect(namesInOrder(environment('b', 'a'), environment('a', 'b'))).toEqual(['a', 'b']);
  });
});
