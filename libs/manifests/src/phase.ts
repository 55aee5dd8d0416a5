import type { RenderedObject } from './kubernetes-object.ts';

/** Objects that an engine handles together, before it goes on to the next phase. */
export interface Phase {
  /** `pre-upgrade`, `install`, … under Helm; `PreSync`, `Sync`, … under Argo CD. */
  readonly name: string;
  /** Helm's hook weight or Argo CD's sync wave. */
  readonly wave: number;
  /** In the order in which the engine sends them. */
  readonly objects: readonly RenderedObject[];
}

/** Splits objects into one phase per wave, lowest wave first; the order inside a wave is kept. */
export function phasesByWave(
  name: string,
  objects: readonly RenderedObject[],
  waveOf: (object: RenderedObject) => number,
): readonly Phase[] {
  const waves = [...new Set(objects.map(waveOf))].sort((left, right) => left - right);
  return waves.map((wave) => ({ name, wave, objects: objects.filter((object) => waveOf(object) === wave) }));
}
