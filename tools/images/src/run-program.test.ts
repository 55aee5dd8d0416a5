import { describe, expect, it } from '@jest/globals';
import { requireProgram, runProgram } from './run-program.ts';

describe('runProgram', () => {
  it('returns what a program prints, and passes arguments as they are', async () => {
    await expect(runProgram('printf', ['%s', "a 'b' $HOME"])).resolves.toBe("a 'b' $HOME");
  });

  it('says which command failed and what it printed, on either stream', async () => {
    await expect(runProgram('sh', ['-c', 'echo out; echo err >&2; exit 3'])).rejects.toThrow(
      'sh -c echo out; echo err >&2; exit 3 failed:\nout\nerr',
    );
  });
});

describe('requireProgram', () => {
  it('is content with a program of PATH', async () => {
    await expect(requireProgram('sh')).resolves.toBeUndefined();
  });

  it('says how to install one that is missing', async () => {
    await expect(requireProgram('no-such-program')).rejects.toThrow(
      'The program no-such-program is not on PATH; install it with: apt-get install no-such-program',
    );
  });
});
