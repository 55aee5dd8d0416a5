import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dockerfileConfig } from './dockerfile-config.ts';

const parse = (text: string) => dockerfileConfig(text, 'Dockerfile');

describe('dockerfileConfig', () => {
  it('reads how the agent runs', () => {
    const path = join(import.meta.dirname, '../../../../apps/agent/Dockerfile');
    expect(dockerfileConfig(readFileSync(path, 'utf8'), path)).toEqual({
      from: expect.stringMatching(/^node:24\./),
      config: {
        Labels: { 'org.opencontainers.image.title': 'task-api', 'org.opencontainers.image.licenses': 'MIT' },
        WorkingDir: '/app',
        Env: ['NODE_ENV=production'],
        User: '10001:10001',
        ExposedPorts: { '8000/tcp': {} },
        Entrypoint: ['node', '/app/bin/main.mjs'],
        Cmd: ['serve'],
      },
    });
  });

  it('takes the last stage, and nothing of those before', () => {
    const text = 'FROM a AS build\nENV A=1\nUSER 1\nFROM b\nCOPY --from=build /x ./\nENV B=2\n';
    expect(parse(text)).toEqual({ from: 'b', config: { Env: ['B=2'] } });
  });

  it('joins lines that end with a backslash, and skips comments', () => {
    expect(parse('FROM a\n# no\nENV A=1 \\\n  B="two words"\n').config).toEqual({ Env: ['A=1', 'B=two words'] });
  });

  it('refuses a command that a shell would run', () => {
    expect(() => parse('FROM a\nCMD serve')).toThrow('Dockerfile has the instruction "CMD serve"');
  });

  it('accepts the same command as a list', () => {
    expect(parse('FROM a\nCMD ["serve"]').config).toEqual({ Cmd: ['serve'] });
  });

  it('refuses an instruction that it would lose', () => {
    expect(() => parse('FROM a\nHEALTHCHECK NONE')).toThrow(
      'allowed are FROM, COPY, RUN, LABEL, WORKDIR, ENV, USER, EXPOSE, ENTRYPOINT, CMD, STOPSIGNAL',
    );
  });
});
