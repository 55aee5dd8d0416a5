/** How many functions in a hundred may be expected to fit: the figures of the style guide in CONTRIBUTING.md. */
export const sizeAims = [
  { lines: 10, percent: 75 },
  { lines: 25, percent: 92 },
  { lines: 50, percent: 98 },
] as const;
