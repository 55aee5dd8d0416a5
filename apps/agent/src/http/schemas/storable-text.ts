import { z } from 'zod';

/** What PostgreSQL can hold as text and inside of JSON. Lone surrogates are no characters, so UTF-8 cannot write them. */
export const storableText = z
  .string()
  .refine((text) => !text.includes('\0'), 'must not hold the character NUL')
  .refine((text) => text.isWellFormed(), 'must not hold half of a surrogate pair');
