import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';

describe('cluster', () => {
  it('ends without a word when nobody reads what it prints', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'status'], { stdio: 'pipe' });
    child.stdout.destroy();
    const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(said).toBe('');
  });
});
