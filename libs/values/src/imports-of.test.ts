import { describe, expect, it } from '@jest/globals';
import { importsOf } from './imports-of.ts';

describe('importsOf', () => {
  it('lists every way to load a module, with its line', () => {
    const source =
      "import a from 'a';\nexport * from 'b';\nconst c = await import('c');\nconst d = require('d');\nimport e = require('e');\n";
    expect(importsOf({ file: 'environment.ts', text: source })).toEqual([
      { module: 'a', line: 1 },
      { module: 'b', line: 2 },
      { module: 'c', line: 3 },
      { module: 'd', line: 4 },
      { module: 'e', line: 5 },
    ]);
  });
});
