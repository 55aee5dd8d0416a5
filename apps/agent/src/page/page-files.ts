import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const types = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
};

export interface PageFile {
  readonly url: string;
  readonly type: string;
  readonly content: Buffer;
}

/** The files of the page, read once. They lie beside this module, and beside the bundle that it becomes part of. */
export function readPageFiles(): readonly PageFile[] {
  return Object.entries(types).map(([name, type]) => ({
    url: name === 'index.html' ? '/' : `/${name}`,
    type,
    content: readFileSync(join(import.meta.dirname, name)),
  }));
}
