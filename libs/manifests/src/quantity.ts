import { ManifestsError } from './manifests-error.ts';

/** An amount in billionths, the finest that Kubernetes keeps. */
export type Nano = bigint;

/**
 * Reads a Kubernetes quantity exactly; what is finer than a billionth is rounded away from zero, as the API server does.
 *
 * @example parseQuantity('1.5Gi') // 1_610_612_736_000_000_000n
 * @throws {ManifestsError} `invalid-quantity`
 */
export function parseQuantity(text: string): Nano {
  const { digits, fraction, scale, isNegative } = readQuantity(text);
  const amount = BigInt(digits + fraction) * scale.numerator * nanoPerOne;
  const divisor = 10n ** BigInt(fraction.length) * scale.denominator;
  const rounded = (amount + divisor - 1n) / divisor;
  return isNegative ? -rounded : rounded;
}

export function isQuantity(text: string): boolean {
  return scaleOf(quantityPattern.exec(text)?.groups?.suffix) !== undefined;
}

/** Thousandths of a core; a part of a thousandth counts whole. */
export function cpuMillisOf(text: string): number {
  return Number(awayFromZero(parseQuantity(text), nanoPerOne / 1000n));
}

/** Whole bytes; a part of a byte counts whole. */
export function bytesOf(text: string): number {
  return Number(awayFromZero(parseQuantity(text), nanoPerOne));
}

/**
 * The same amount as the API server writes it back, so that what is in git equals what is live.
 *
 * @example canonicalQuantity('1000m') // '1'
 * @example canonicalQuantity('1024Mi') // '1Gi'
 */
export function canonicalQuantity(text: string): string {
  const amount = parseQuantity(text);
  const isBinary = suffixOf(text).endsWith('i') && !isBelowOneKibi(amount) && amount % nanoPerOne === 0n;
  if (isBinary) return withBinarySuffix(amount / nanoPerOne);
  return withDecimalSuffix(amount, /^[eE]./.test(suffixOf(text)) ? exponentSuffixes : decimalSuffixes);
}

interface Scale {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const nanoPerOne = 10n ** 9n;
const quantityPattern =
  /^(?<sign>[+-]?)(?:(?<digits>\d+)(?:\.(?<fraction>\d*))?|\.(?<onlyFraction>\d+))(?<suffix>[a-zA-Z]*[+-]?\d*)$/;
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const decimalSuffixes: readonly string[] = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const exponentSuffixes = ['e-9', 'e-6', 'e-3', '', 'e3', 'e6', 'e9', 'e12', 'e15', 'e18'] as const;
const smallestDecimalExponent = -9;

function readQuantity(text: string) {
  const groups = quantityPattern.exec(text)?.groups;
  if (!groups) throw new ManifestsError('invalid-quantity', { where: text, detail: 'it does not begin with a number' });
  const scale = scaleOf(groups.suffix);
  if (!scale)
    throw new ManifestsError('invalid-quantity', { where: text, detail: `"${groups.suffix}" is not a suffix` });
  const fraction = groups.fraction ?? groups.onlyFraction ?? '';
  return { digits: groups.digits ?? '0', fraction, scale, isNegative: groups.sign === '-' };
}

function suffixOf(text: string): string {
  return quantityPattern.exec(text)?.groups?.suffix ?? '';
}

function scaleOf(suffix: string | undefined): Scale | undefined {
  if (suffix === undefined) return undefined;
  const binary = binarySuffixes.findIndex((known) => known !== '' && known === suffix);
  if (binary > 0) return { numerator: 1024n ** BigInt(binary), denominator: 1n };
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return powerOfTen(smallestDecimalExponent + 3 * decimal);
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  return exponent === undefined ? undefined : powerOfTen(Number(exponent));
}

function powerOfTen(exponent: number): Scale {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? { numerator: 1n, denominator: power } : { numerator: power, denominator: 1n };
}

/** Kubernetes writes small binary amounts without a binary suffix. */
function isBelowOneKibi(amount: Nano): boolean {
  const size = amount < 0n ? -amount : amount;
  return size < 1024n * nanoPerOne;
}

function withBinarySuffix(amount: bigint): string {
  const place = lastPlaceThatDivides(amount, 1024n, binarySuffixes.length);
  return `${amount / 1024n ** BigInt(place)}${binarySuffixes[place]}`;
}

function withDecimalSuffix(amount: Nano, suffixes: readonly string[]): string {
  const place = lastPlaceThatDivides(amount, 1000n, suffixes.length);
  return amount === 0n ? '0' : `${amount / 1000n ** BigInt(place)}${suffixes[place]}`;
}

/** The largest suffix that leaves no fraction. */
function lastPlaceThatDivides(amount: bigint, base: bigint, places: number): number {
  const divides = Array.from({ length: places }, (_, place) => amount % base ** BigInt(place) === 0n);
  return divides.lastIndexOf(true);
}

function awayFromZero(amount: bigint, unit: bigint): bigint {
  const whole = amount / unit;
  if (whole * unit === amount) return whole;
  return amount < 0n ? whole - 1n : whole + 1n;
}
