import { describe, expect, it } from '@jest/globals';
import { NamespaceRecord } from './namespace-record.ts';
import type { Change } from './observation.ts';

function add(record: NamespaceRecord, change: Change, labels: Readonly<Record<string, string>> = {}): void {
  record.add({ atMs: 0, kind: 'Pod', change, object: { metadata: { name: 'a', labels } } });
}

describe('NamespaceRecord', () => {
  it('knows the present and keeps the past', () => {
    const record = new NamespaceRecord();
    add(record, 'added');
    add(record, 'deleted');
    expect(record.find('Pod', 'a')).toBeUndefined();
    expect(record.historyOf('Pod', 'a').map(({ change }) => change)).toEqual(['added', 'deleted']);
  });

  it('lists by kind and labels', () => {
    const record = new NamespaceRecord();
    add(record, 'added', { role: 'agent' });
    expect(record.list('Pod', { role: 'agent' })).toHaveLength(1);
    expect(record.list('Pod', { role: 'test' })).toEqual([]);
    expect(record.list('Job')).toEqual([]);
  });

  it('tells of each change until nobody wants to hear', () => {
    const record = new NamespaceRecord();
    let heard = 0;
    const forget = record.onChange(() => {
      heard += 1;
    });
    add(record, 'added');
    forget();
    add(record, 'modified');
    expect(heard).toBe(1);
  });
});
