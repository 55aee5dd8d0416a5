import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { Tally } from './tally.ts';

describe('Tally', () => {
  it('tells each count when it is scraped, and the same again', async () => {
    const registry = new Registry();
    const tally = new Tally({
      name: 'answers_total',
      help: 'Answers.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    tally.count('HIT');
    tally.count('HIT');
    tally.count('MISS');
    const lines = [/answers_total\{outcome="hit"\} 2\n/, /answers_total\{outcome="miss"\} 1\n/];
    for (const scrape of [await registry.metrics(), await registry.metrics()])
      for (const line of lines) expect(scrape).toMatch(line);
  });
});
