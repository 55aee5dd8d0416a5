import { LRUCache } from 'lru-cache';

const maxCharacters = 2_000_000;
const maxTextCharacters = 20_000;

/**
 * Keys of requests by their text as it came. Most repetitions repeat every byte, and then neither parsing, checking nor
 * hashing could tell anything new; what the text was found to mean does not depend on anything else but the tenant.
 */
export class KnownTexts {
  readonly #keys = new LRUCache<string, string>({
    maxSize: maxCharacters,
    sizeCalculation: (_key, name) => name.length,
  });

  keyOf(tenant: string, text: string): string | undefined {
    return this.#keys.get(nameOf(tenant, text));
  }

  remember(tenant: string, text: string, key: string): void {
    if (text.length <= maxTextCharacters) this.#keys.set(nameOf(tenant, text), key);
  }
}

/** Tenants contain no line break. */
function nameOf(tenant: string, text: string): string {
  return `${tenant}\n${text}`;
}
