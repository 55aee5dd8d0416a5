import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

/** The compiler. An import would make Node read all of its nine megabytes twice, to find out what kind of module it is. */
export const ts: typeof TypeScript = createRequire(import.meta.url)('typescript');
