/** Distinguishable also without colour vision; the same thing has the same one in every picture. */
export const colours = ['#2b6cb0', '#dd8a24', '#5b8c5a', '#9aa0a6', '#8e4585'] as const;

/** The colour at a place; they begin again where there are more places than colours. */
export function colourAt(index: number): string {
  return colours[index % colours.length] ?? colours[0];
}
