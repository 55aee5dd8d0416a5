import { parseDue } from './parse-due.ts';

/** What the embedded model understands of one sentence. */
export type TaskRequest =
  | { readonly kind: 'create'; readonly title: string; readonly due?: string; readonly priority?: Priority }
  | {
      readonly kind: 'list';
      readonly status?: 'open' | 'done';
      readonly priority?: Priority;
      readonly search?: string;
      readonly dueBefore?: string;
    }
  | { readonly kind: 'complete' | 'delete' | 'show'; readonly reference: string }
  | {
      readonly kind: 'update';
      readonly reference: string;
      readonly title?: string;
      readonly due?: string;
      readonly priority?: Priority;
      readonly status?: 'open';
    };

export type Priority = 'low' | 'normal' | 'high';

/** The requests of a message, in order; sentences that ask for nothing we know are left out. */
export function parseRequests(message: string, today: string): readonly TaskRequest[] {
  return splitSentences(message).flatMap((sentence) => parseSentence(sentence, today) ?? []);
}

const verbs = String.raw`(?:please\s+)?(?:add|create|make|remind|list|show|complete|finish|mark|tick|delete|remove|drop|rename|move|postpone|set|change|reopen|update)\b`;
const separators = new RegExp(String.raw`[\n;]+|(?<=\w)[.!?]\s+|,?\s+(?:and then|then|and)\s+(?=${verbs})`, 'i');

/** Longer ones are cut: what the patterns below cost grows faster than the text. */
const sentenceLimit = 2000;

function splitSentences(message: string): readonly string[] {
  return message
    .replace(/[^\S\n]+/g, ' ')
    .split(separators)
    .map((sentence) =>
      sentence
        .trim()
        .slice(0, sentenceLimit)
        .replace(/^(?:please|can you|could you|kindly)\s+/i, '')
        .replace(/[.!?]+$/, ''),
    )
    .filter((sentence) => sentence !== '');
}

function parseSentence(sentence: string, today: string): TaskRequest | undefined {
  for (const { pattern, build } of grammar) {
    const match = pattern.exec(sentence);
    if (match !== null) return build(match.groups ?? {}, today);
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly pattern: RegExp;
  readonly build: (groups: Groups, today: string) => TaskRequest;
}

const task =
  '(?:the |my |a |an )?(?:new )?(?:(?<urgency>urgent|important|high[- ]priority|low[- ]priority) )?(?:task|todo|to-do|reminder|item)s?';

const grammar: readonly Rule[] = [
  {
    pattern: /^(?:rename)\s+(?:the |my )?(?:task )?(?<reference>.+?)\s+(?:to|as)\s+(?<title>.+)$/i,
    build: ({ reference, title }) => ({ kind: 'update', reference: clean(reference), title: clean(title) }),
  },
  {
    pattern:
      /^(?:set|change|update|make)\s+(?:the )?(?:priority of\s+)(?:the |my )?(?:task )?(?<reference>.+?)\s+(?:to|as)\s+(?<priority>low|normal|high)(?: priority)?$/i,
    build: prioritised,
  },
  {
    pattern:
      /^(?:set|change|update|make|mark)\s+(?:the |my )?(?:task )?(?<reference>.+?)\s+(?:to |as )?(?<priority>low|normal|high|urgent)(?:[- ]priority)?$/i,
    build: prioritised,
  },
  {
    pattern:
      /^(?:move|postpone|reschedule|set|change)\s+(?:the )?(?:due date of\s+)?(?:the |my )?(?:task )?(?<rest>.+)$/i,
    build: rescheduled,
  },
  {
    pattern: /^(?:reopen|re-open|undo)\s+(?:the |my )?(?:task )?(?<reference>.+)$/i,
    build: ({ reference }) => ({ kind: 'update', reference: clean(reference), status: 'open' }),
  },
  {
    pattern:
      /^(?:mark|tick)\s+(?:off\s+)?(?:the |my )?(?:task )?(?<reference>.+?)\s*(?:as |off)?\s*(?:done|complete|completed|finished)?$/i,
    build: ({ reference }) => ({ kind: 'complete', reference: clean(reference) }),
  },
  {
    pattern: /^(?:complete|finish|close|check off)\s+(?:the |my )?(?:task )?(?<reference>.+)$/i,
    build: ({ reference }) => ({ kind: 'complete', reference: clean(reference) }),
  },
  {
    pattern: /^(?:i(?:'ve| have)? (?:finished|done|completed|did))\s+(?:the |my )?(?:task )?(?<reference>.+)$/i,
    build: ({ reference }) => ({ kind: 'complete', reference: clean(reference) }),
  },
  {
    pattern: /^(?:delete|remove|drop|cancel)\s+(?:the |my )?(?:task )?(?<reference>.+)$/i,
    build: ({ reference }) => ({ kind: 'delete', reference: clean(reference) }),
  },
  {
    pattern: /^(?:show|open|describe|tell me about)\s+(?:the |my )?task\s+(?<reference>.+)$/i,
    build: ({ reference }) => ({ kind: 'show', reference: clean(reference) }),
  },
  {
    pattern: new RegExp(String.raw`^(?:add|create|make)\s+${task}\s*(?:called|named|to|:|-)?\s*(?<title>.+)$`, 'i'),
    build: created,
  },
  {
    pattern: /^(?:remind me (?:to|about|of)|i (?:need|have|must) to|don't forget to|remember to)\s+(?<title>.+)$/i,
    build: created,
  },
  { pattern: /^(?:what|which|show|list|find|search|get|give me|display|do i have)\b(?<rest>.*)$/i, build: listed },
  { pattern: /^(?:add|create)\s+(?<title>.+)$/i, build: created },
];

function created({ title = '', urgency = '' }: Groups, today: string): TaskRequest {
  const due = parseDue(title, today);
  const priority = priorityIn(`${urgency} ${title}`);
  const text = clean(
    title
      .replace(due?.phrase ?? '', '')
      .replace(/,?\s*(?:with )?\b(?:high|low|normal)[- ]priority\b|\burgently\b/i, ''),
  );
  return {
    kind: 'create',
    title: text === '' ? 'untitled task' : text,
    ...(due && { due: due.day }),
    ...(priority && { priority }),
  };
}

function prioritised({ reference, priority = '' }: Groups): TaskRequest {
  return { kind: 'update', reference: clean(reference), priority: priorityIn(`${priority} priority`) ?? 'high' };
}

function rescheduled({ rest = '' }: Groups, today: string): TaskRequest {
  const due = parseDue(rest, today);
  const reference = clean(rest.replace(due?.phrase ?? '', ''));
  return { kind: 'update', reference, ...(due && { due: due.day }) };
}

function listed({ rest = '' }: Groups, today: string): TaskRequest {
  const search = /\b(?:about|containing|matching|named|with the word)\s+(?<text>.+)$/i.exec(rest)?.groups?.text;
  const due = parseDue(rest, today);
  const priority = priorityIn(rest);
  return {
    kind: 'list',
    ...statusIn(rest),
    ...(priority && { priority }),
    ...(search && { search: clean(search) }),
    ...(due && { dueBefore: due.day }),
  };
}

function statusIn(text: string): { readonly status?: 'open' | 'done' } {
  if (/\b(?:done|completed|finished)\b/i.test(text)) return { status: 'done' };
  return /\ball\b/i.test(text) ? {} : { status: 'open' };
}

function priorityIn(text: string): Priority | undefined {
  if (/\b(?:urgent|urgently|important|high[- ]priority)\b/i.test(text)) return 'high';
  if (/\blow[- ]priority\b/i.test(text)) return 'low';
  return /\bnormal[- ]priority\b/i.test(text) ? 'normal' : undefined;
}

function clean(text: string | undefined): string {
  return (text ?? '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^(?:["'“‘:,\s-])+|(?:["'”’:,\s-])+$/g, '');
}
