import { AgentError } from '../agent-error.ts';

// RFC 9110, sections 5.6.1 and 8.8.3: a tag may hold commas, and a list may hold empty elements.
const entityTag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const tagList = new RegExp(String.raw`^[\s,]*${entityTag}(?:\s*,[\s,]*${entityTag})*[\s,]*$`);

/**
 * The entity tags as the agent has sent them; undefined where any version will do.
 * @throws `request-invalid` for what is neither
 */
export function parseIfMatch(header: string | undefined): readonly string[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  if (tagList.test(header)) return (header.match(new RegExp(entityTag, 'g')) ?? []).map(asSent);
  throw new AgentError('request-invalid', {
    subject: 'headers.if-match',
    allowed: 'it must be * or ETags of the task, such as "3" or "3", "4"',
  });
}

/** A proxy that compresses makes ETags weak. Ours name a version of the task, which that does not change. */
function asSent(tag: string): string {
  return tag.replace(/^W\//, '');
}
