/** What one path of an image holds. Everything belongs to root, as in the packages that it comes from. */
export type LayerEntry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'directory'; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: string };

/** One layer of an image: what lies at which path. Paths are relative to the root and have no "./". */
export type Layer = ReadonlyMap<string, LayerEntry>;

/** A file of text; executable ones are given their mode. */
export function textFile(text: string, mode = 0o644): LayerEntry {
  return { kind: 'file', mode, content: Buffer.from(text) };
}

/** A directory that everybody may read. */
export function directory(mode = 0o755): LayerEntry {
  return { kind: 'directory', mode };
}

/** A symbolic link. */
export function symlink(target: string): LayerEntry {
  return { kind: 'symlink', target };
}

/** Layers as one; of entries with the same path, the last one counts. */
export function mergeLayers(...layers: readonly Layer[]): Layer {
  return new Map(layers.flatMap((layer) => [...layer]));
}
