import { describe, expect, it } from '@jest/globals';
import { assertVariants } from './agent-variants.ts';

const agent = 'docker.io/task-api/agent:0.1.0';
const withPath = (path: string) => () => assertVariants([{ tag: 'next', files: { [path]: 'select 1;' } }], agent);

describe('assertVariants', () => {
  it('accepts files inside the bundle', () => {
    expect(withPath('sql/0015-add-x.sql')).not.toThrow();
  });

  it.each(['/etc/passwd', '../etc/passwd', 'sql/../../x', 'sql/', ''])('refuses the path "%s"', (path) => {
    expect(withPath(path)).toThrow(`"${path}" is no file of the agent's image`);
  });

  it('accepts two variants with tags of their own', () => {
    expect(() =>
      assertVariants(
        ['0.2.0', 'broken'].map((tag) => ({ tag, files: {} })),
        agent,
      ),
    ).not.toThrow();
  });

  it.each(['0.1.0', 'twice', 'not a tag', '.hidden'])('refuses the tag "%s"', (tag) => {
    const variants = ['twice', tag].map((one) => ({ tag: one, files: {} }));
    expect(() => assertVariants(variants, agent)).toThrow(`"${tag}" is no tag for another build of the agent`);
  });
});
