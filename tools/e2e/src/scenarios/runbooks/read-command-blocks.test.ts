import { describe, expect, it } from '@jest/globals';
import { commandBlocksIn } from './read-command-blocks.ts';

const document = `# Title

\`\`\`sh
first
\`\`\`

## Find out: what?
text
\`\`\`sh
# a comment, no heading
second
\`\`\`

\`\`\`yaml
no: command
\`\`\`

\`\`\`sh
third
\`\`\`
`;

describe('commandBlocksIn', () => {
  it('names blocks by section, and by number where a section has several', () => {
    expect(commandBlocksIn('a.md', document)).toEqual([
      { id: 'a.md#title', text: 'first\n' },
      { id: 'a.md#find-out-what', text: '# a comment, no heading\nsecond\n' },
      { id: 'a.md#find-out-what-2', text: 'third\n' },
    ]);
  });
});
