import { describe, expect, it } from '@jest/globals';
import type { ModelTool } from '../models/language-model.ts';
import { cacheKey } from './cache-key.ts';

const tool = (inputSchema: ModelTool['inputSchema']): ModelTool => ({ type: 'function', name: 't', inputSchema });
const subject = {
  tenant: 'a',
  provider: 'p',
  model: 'm',
  call: { prompt: [{ role: 'system' as const, content: 'x' }] },
};

describe('cacheKey', () => {
  it('is the same for the same question, whatever the order of keys in a schema', () => {
    const one = cacheKey({ ...subject, call: { ...subject.call, tools: [tool({ type: 'object', title: 'x' })] } });
    const other = cacheKey({ ...subject, call: { ...subject.call, tools: [tool({ title: 'x', type: 'object' })] } });
    expect(one).toBe(other);
  });

  it.each([
    ['tenant', { ...subject, tenant: 'b' }],
    ['provider', { ...subject, provider: 'q' }],
    ['model', { ...subject, model: 'n' }],
    ['prompt', { ...subject, call: { prompt: [{ role: 'system' as const, content: 'y' }] } }],
    ['parameters', { ...subject, call: { ...subject.call, temperature: 0 } }],
    ['tools', { ...subject, call: { ...subject.call, tools: [tool({ type: 'object' })] } }],
  ])('differs by %s', (_name, other) => {
    expect(cacheKey(other)).not.toBe(cacheKey(subject));
  });

  it('does not depend on who asks and how', () => {
    const call = { ...subject.call, abortSignal: new AbortController().signal, headers: { a: 'b' } };
    expect(cacheKey({ ...subject, call })).toBe(cacheKey(subject));
  });
});
