import { describe, expect, it } from '@jest/globals';
import { parseRequests, type TaskRequest } from './parse-requests.ts';

/** A Monday. */
const today = '2026-11-23';

const understood: readonly (readonly [string, readonly TaskRequest[]])[] = [
  ['add a task: book the venue by Friday', [{ kind: 'create', title: 'book the venue', due: '2026-11-27' }]],
  ['Please remind me to call Bob in 3 days.', [{ kind: 'create', title: 'call Bob', due: '2026-11-26' }]],
  [
    'add an urgent task: pay rent tomorrow; add buy milk',
    [
      { kind: 'create', title: 'pay rent', due: '2026-11-24', priority: 'high' },
      { kind: 'create', title: 'buy milk' },
    ],
  ],
  ['show my open tasks', [{ kind: 'list', status: 'open' }]],
  ['what is due tomorrow?', [{ kind: 'list', status: 'open', dueBefore: '2026-11-24' }]],
  ['list all tasks about venue', [{ kind: 'list', search: 'venue' }]],
  ['complete "book the venue"', [{ kind: 'complete', reference: 'book the venue' }]],
  ['mark book the venue as done', [{ kind: 'complete', reference: 'book the venue' }]],
  ['rename book the venue to book the hall', [{ kind: 'update', reference: 'book the venue', title: 'book the hall' }]],
  ['postpone book the venue to next week', [{ kind: 'update', reference: 'book the venue', due: '2026-11-30' }]],
  ['make book the venue high priority', [{ kind: 'update', reference: 'book the venue', priority: 'high' }]],
  ['delete the task book the hall', [{ kind: 'delete', reference: 'book the hall' }]],
  ['show task book the venue', [{ kind: 'show', reference: 'book the venue' }]],
  [
    'list my tasks and then delete lunch',
    [
      { kind: 'list', status: 'open' },
      { kind: 'delete', reference: 'lunch' },
    ],
  ],
  ['hello there', []],
];

describe('parseRequests', () => {
  it.each(understood)('understands: %s', (message, requests) => {
    expect(parseRequests(message, today)).toEqual(requests);
  });

  it.each([
    ['sentences', 'a and then add '],
    ['blanks', ' '],
    ['quotes', '"'],
    ['words that a pattern waits for', 'to as '],
    ['new lines', '\n'],
  ])('reads a megabyte of %s before a test would be given up', (_, text) => {
    const message = `add milk ${text.repeat(1_000_000 / text.length)}x`;
    expect(parseRequests(message, today)[0]).toMatchObject({ kind: 'create' });
  });
});
