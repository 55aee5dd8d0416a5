import { describe, expect, it } from '@jest/globals';
import { describeImage, parseRelease } from './release.ts';

const file = 'environments/prod/release.yaml';
const text = `chart:
  revision: main
image:
  repository: task-api/agent
  tag: "1.4"
migrations:
  head: "0007"
commits:
  - ${'b'.repeat(40)}
`;

describe('parseRelease', () => {
  it('reads what is pinned', () => {
    expect(parseRelease(text, file)).toEqual({
      chart: { revision: 'main' },
      image: { repository: 'task-api/agent', tag: '1.4' },
      migrations: { head: '0007' },
      commits: ['b'.repeat(40)],
      source: { file, text },
    });
  });

  it('reports every mistake at once', () => {
    const mistakes = () => parseRelease(text.replace('head', 'heads').replace('repository', 'repo'), file);
    expect(mistakes).toThrow(AggregateError);
    expect(mistakes).toThrow('4 mistakes in environments/prod/release.yaml');
  });
});

describe('describeImage', () => {
  it('says so when there is no digest', () => {
    expect(describeImage({ repository: 'task-api/agent', tag: '1.4' })).toBe(
      'task-api/agent:1.4 (tag only, not released)',
    );
    expect(describeImage({ repository: 'task-api/agent', tag: '1.4', digest: 'sha256:00' })).toBe(
      'task-api/agent:1.4@sha256:00',
    );
  });
});
