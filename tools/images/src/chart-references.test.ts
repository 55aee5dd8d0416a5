import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { chartReferences, readReferences, withTag } from './chart-references.ts';

const documents = {
  path: 'charts/demo',
  metadata: { appVersion: '1.2.3' },
  values: {
    image: { registry: '', repository: 'demo/agent', tag: '' },
    postgresql: { image: { repository: 'legacy/postgresql', tag: '15' } },
    redis: { image: { registry: 'registry.example', repository: 'legacy/redis', tag: '7' } },
  },
};

describe('chartReferences', () => {
  it('names the images that a release with the chart’s defaults asks for', async () => {
    const references = await readReferences(join(import.meta.dirname, '../../../charts/task-api'));
    expect(references.agent).toMatch(/^docker\.io\/task-api\/agent:\d+\.\d+\.\d+$/);
    expect(references.postgresql).toMatch(/^docker\.io\/bitnamilegacy\/postgresql:15/);
    expect(references.redis).toMatch(/^docker\.io\/bitnamilegacy\/redis:7/);
  });

  it('takes the appVersion for the agent, and puts the toolbox beside it', () => {
    const { agent, toolbox } = chartReferences(documents);
    expect(agent).toBe('docker.io/demo/agent:1.2.3');
    expect(toolbox).toBe('docker.io/demo/toolbox:1.2.3');
  });

  it('keeps a registry that the values name', () => {
    expect(chartReferences(documents).redis).toBe('registry.example/legacy/redis:7');
  });

  it('refuses a database without a tag, whose image nobody could name', () => {
    const values = { ...documents.values, postgresql: { image: { repository: 'legacy/postgresql' } } };
    expect(() => chartReferences({ ...documents, values })).toThrow(
      'charts/demo has no postgresql.image.tag, from which the name of an image follows',
    );
  });
});

describe('withTag', () => {
  it('leaves a port of the registry alone', () => {
    expect(withTag('registry.example:5000/demo/agent:1.2.3', 'next')).toBe('registry.example:5000/demo/agent:next');
  });
});
