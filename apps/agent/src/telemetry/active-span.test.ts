import { describe, expect, it } from '@jest/globals';
import { activeSpan, activeTraceparent, parseTraceparent, withActiveSpan } from './active-span.ts';

const header = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

describe('parseTraceparent', () => {
  it('reads what another service sends', () => {
    expect(parseTraceparent(header)).toEqual({ ...span, isRemote: true });
  });

  it.each([
    undefined,
    '',
    'x',
    `${header}-more`,
    header.replace('00-', 'ff-'),
    header.toUpperCase(),
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
  ])('ignores %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});

describe('the active span', () => {
  it('is kept over awaits, apart from what runs beside it, and is written as it was read', async () => {
    const other = { ...span, spanId: '00f067aa0ba902b7' };
    const later = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return activeTraceparent();
    };
    expect(await Promise.all([withActiveSpan(span, later), withActiveSpan(other, later)])).toEqual([
      header,
      header.replace('b7ad6b7169203331', '00f067aa0ba902b7'),
    ]);
    expect([activeSpan(), activeTraceparent()]).toEqual([undefined, undefined]);
  });
});
