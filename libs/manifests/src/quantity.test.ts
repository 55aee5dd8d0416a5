import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, canonicalQuantity, cpuMillisOf, isQuantity, parseQuantity } from './quantity.ts';

/** What k8s.io/apimachinery's resource.ParseQuantity says: text, String(), MilliValue(), Value(). */
const asKubernetesReads: readonly (readonly [string, string, number, number])[] = [
  ['0', '0', 0, 0],
  ['1000m', '1', 1000, 1],
  ['0.1', '100m', 100, 1],
  ['.5', '500m', 500, 1],
  ['1.', '1', 1000, 1],
  ['+2', '2', 2000, 2],
  ['00.5', '500m', 500, 1],
  ['2.0', '2', 2000, 2],
  ['-1500m', '-1500m', -1500, -2],
  ['1.5m', '1500u', 2, 1],
  ['0.0001m', '100n', 1, 1],
  ['1n', '1n', 1, 1],
  ['100u', '100u', 1, 1],
  ['1.23456789', '1234567890n', 1235, 2],
  ['0.1234567891', '123456790n', 124, 1],
  ['1000', '1k', 1_000_000, 1000],
  ['999999', '999999', 999_999_000, 999_999],
  ['1000000', '1M', 1_000_000_000, 1_000_000],
  ['12.5M', '12500k', 12_500_000_000, 12_500_000],
  ['128974848', '128974848', 128_974_848_000, 128_974_848],
  ['1e3', '1e3', 1_000_000, 1000],
  ['12e5', '1200e3', 1_200_000_000, 1_200_000],
  ['1e2', '100', 100_000, 100],
  ['1E2', '100', 100_000, 100],
  ['1e-3', '1e-3', 1, 1],
  ['1e-4', '100e-6', 1, 1],
  ['1e-10', '1e-9', 1, 1],
  ['100Ki', '100Ki', 102_400_000, 102_400],
  ['1024Mi', '1Gi', 1_073_741_824_000, 1_073_741_824],
  ['1025Mi', '1025Mi', 1_074_790_400_000, 1_074_790_400],
  ['1.5Gi', '1536Mi', 1_610_612_736_000, 1_610_612_736],
  ['0.5Mi', '512Ki', 524_288_000, 524_288],
  ['0.5Ki', '512', 512_000, 512],
  ['0.001Ki', '1024m', 1024, 2],
  ['1.1Ki', '1126400m', 1_126_400, 1127],
  ['-5Ki', '-5Ki', -5_120_000, -5120],
  ['0Mi', '0', 0, 0],
  ['1048576Ki', '1Gi', 1_073_741_824_000, 1_073_741_824],
];

describe.each(asKubernetesReads)('the quantity %s', (text, canonical, millis, whole) => {
  it('is written as the API server writes it', () => expect(canonicalQuantity(text)).toBe(canonical));
  it('is rounded up to thousandths', () => expect(cpuMillisOf(text)).toBe(millis));
  it('is rounded up to whole units', () => expect(bytesOf(text)).toBe(whole));
});

describe('isQuantity', () => {
  it.each(['', ' 1', '1K', '1KB', '5mi', '1i', '1e', 'abc', '1.5.5', '1_000', 'Mi'])('refuses %j', (text) => {
    expect(isQuantity(text)).toBe(false);
  });

  it('accepts every suffix', () => {
    const suffixes = [
      '',
      'n',
      'u',
      'm',
      'k',
      'M',
      'G',
      'T',
      'P',
      'E',
      'Ki',
      'Mi',
      'Gi',
      'Ti',
      'Pi',
      'Ei',
      'e3',
      'E-3',
      'e+6',
    ];
    expect(suffixes.filter((suffix) => !isQuantity(`1${suffix}`))).toEqual([]);
  });
});

describe('parseQuantity', () => {
  it('says what is wrong and what is allowed', () => {
    expect(() => parseQuantity('8GB')).toThrow(
      '"8GB" is not a quantity: "GB" is not a suffix; allowed are a number such as 2 or 0.5',
    );
    expect(() => parseQuantity('much')).toThrow('"much" is not a quantity: it does not begin with a number');
  });

  it('reads back the same amount from what canonicalQuantity writes', () => {
    const text = fc.tuple(
      fc.integer({ min: -99_999, max: 99_999 }),
      fc.constantFrom('n', 'm', '', 'k', 'G', 'Ki', 'Gi', 'e3', 'e-6'),
    );
    fc.assert(
      fc.property(
        text,
        ([number, suffix]) =>
          parseQuantity(canonicalQuantity(`${number}${suffix}`)) === parseQuantity(`${number}${suffix}`),
      ),
    );
  });

  it('is idempotent in its canonical form', () => {
    const text = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.constantFrom('m', '', 'Mi', 'e3'));
    fc.assert(
      fc.property(
        text,
        ([number, suffix]) =>
          canonicalQuantity(canonicalQuantity(`${number}${suffix}`)) === canonicalQuantity(`${number}${suffix}`),
      ),
    );
  });
});
