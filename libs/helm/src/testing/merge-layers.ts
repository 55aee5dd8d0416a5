import { isMap, type Values } from './values.ts';

/** Merges layers of values, later ones over earlier ones; lists are replaced whole. */
export function mergeLayers(layers: readonly Values[]): Values {
  return layers.reduce(mergeOver, {});
}

function mergeOver(base: Values, layer: Values): Values {
  const merged = Object.entries(layer).map(([key, value]) => {
    const below = base[key];
    return [key, isMap(below) && isMap(value) ? mergeOver(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}
