/** One documented value of a values.yaml. */
export interface Parameter {
  /** `image.registry` */
  readonly path: string;
  readonly sentence: string;
}

const comment = /^\s*## @param (?<path>\S+) (?:\[[^\]]*\] )?(?<sentence>.+)$/gm;

/** The values that a values.yaml documents, with the sentence above each. */
export function readParameters(values: string): readonly Parameter[] {
  return [...values.matchAll(comment)].map(({ groups }) => ({
    path: groups?.path ?? '',
    sentence: groups?.sentence ?? '',
  }));
}
