const suffixes: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** What a Kubernetes quantity such as `250m` or `1Gi` amounts to; undefined when it is none. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)([a-zA-Z]{0,2})$/.exec(text) ?? [];
  const factor = suffix === undefined || !Object.hasOwn(suffixes, suffix) ? undefined : suffixes[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
