import { weekdays } from '../../weekdays.ts';

const units: Readonly<Record<string, number>> = { day: 1, week: 7 };

export interface DuePhrase {
  /** A calendar day, `YYYY-MM-DD`. */
  readonly day: string;
  /** The words that said it, to be cut out of the title. */
  readonly phrase: string;
}

/** Finds the day a request names: a date, today, tomorrow, a weekday, "in 3 days", "next week". */
export function parseDue(text: string, today: string): DuePhrase | undefined {
  for (const { pattern, daysAhead } of forms) {
    const match = pattern.exec(text);
    if (match !== null) return { day: dayOf(match, today, daysAhead), phrase: match[0] };
  }
  return undefined;
}

interface Form {
  readonly pattern: RegExp;
  readonly daysAhead?: (match: RegExpExecArray, today: string) => number;
}

const lead = String.raw`(?:\b(?:by|on|for|due|until|before|to)\s+)*`;
const forms: readonly Form[] = [
  { pattern: new RegExp(String.raw`${lead}\b(\d{4}-\d{2}-\d{2})\b`, 'i') },
  {
    pattern: new RegExp(String.raw`${lead}\bin (\d{1,3}) (day|week)s?\b`, 'i'),
    daysAhead: ([, count, unit]) => Number(count) * (units[unit ?? ''] ?? 1),
  },
  { pattern: new RegExp(String.raw`${lead}\bnext week\b`, 'i'), daysAhead: () => 7 },
  { pattern: new RegExp(String.raw`${lead}\bday after tomorrow\b`, 'i'), daysAhead: () => 2 },
  { pattern: new RegExp(String.raw`${lead}\btomorrow\b`, 'i'), daysAhead: () => 1 },
  { pattern: new RegExp(String.raw`${lead}\b(?:today|tonight)\b`, 'i'), daysAhead: () => 0 },
  {
    pattern: new RegExp(String.raw`${lead}\b(?:next |this )?(${weekdays.join('|')})\b`, 'i'),
    daysAhead: ([, name], today) => daysUntil(name, today),
  },
];

function dayOf(match: RegExpExecArray, today: string, daysAhead: Form['daysAhead']): string {
  return daysAhead === undefined ? (match[1] ?? today) : addDays(today, daysAhead(match, today));
}

function daysUntil(weekday: string | undefined, today: string): number {
  const wanted = weekdays.findIndex((name) => name.toLowerCase() === weekday?.toLowerCase());
  return (wanted - new Date(`${today}T00:00:00Z`).getUTCDay() + 7) % 7 || 7;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
