import { describe, expect, it } from '@jest/globals';
import { weekdays } from './weekdays.ts';

describe('weekdays', () => {
  it('are what Intl calls the days of a week', () => {
    const days = weekdays.map((_, index) => new Date(Date.UTC(2026, 10, 1 + index)));
    const names = days.map((day) => [
      day.getUTCDay(),
      day.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }),
    ]);
    expect(names).toEqual(weekdays.map((name, index) => [index, name]));
  });
});
