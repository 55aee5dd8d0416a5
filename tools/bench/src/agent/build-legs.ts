import { type LoadRequest, numberMark } from '../load/load-request.ts';
import { type Leg, legs } from './leg.ts';
import type { Stage } from './stage.ts';

/** More questions than the first level of the cache has room for: asked in turn, each has left it before it comes again. */
export const storedQuestions = 7_000;

/** So many that none is asked twice in a run. */
const newQuestions = 99_999_999;

/** All legs of a comparison, in the order in which they are listed. */
export function buildLegs(stage: Stage): readonly Leg[] {
  const drafts = [...plainLegs(stage), ...agentLegs(stage), ...portkeyLegs(stage)];
  return drafts.sort((one, other) => rank(one) - rank(other));
}

function plainLegs({ hello, redisGet, redisAnswer, upstream }: Stage): readonly Leg[] {
  const get: LoadRequest = { method: 'GET', path: '/' };
  return [
    { name: 'fastify-hello', server: hello, request: get, expected: '200' },
    { name: 'fastify-redis', server: redisGet, request: get, expected: '200' },
    { name: 'fastify-answer', server: redisAnswer, request: question('repeated'), expected: '200' },
    { name: 'upstream-asked', server: upstream, request: question('direct'), expected: '200' },
    { name: 'upstream-streamed', server: upstream, request: question('direct', { stream: true }), expected: '200' },
  ];
}

function agentLegs({ agent }: Stage): readonly Leg[] {
  const numbers = newQuestions;
  const bypass = question('bypass', { numbers, headers: { 'cache-control': 'no-store' } });
  const stream = question('streamed', { numbers, stream: true });
  return [
    { name: 'agent-process', server: agent, request: question('repeated'), expected: '200 HIT' },
    { name: 'agent-redis', server: agent, request: storedQuestion(), expected: '200 HIT' },
    { name: 'agent-bypass', server: agent, request: bypass, expected: '200 BYPASS' },
    { name: 'agent-miss', server: agent, request: question('missing', { numbers }), expected: '200 MISS' },
    { name: 'agent-streamed', server: agent, request: stream, expected: '200 MISS' },
  ];
}

/** The questions of the leg that is answered from Redis. */
export function storedQuestion(): LoadRequest {
  return question('stored', { numbers: storedQuestions });
}

/** No streams: what npm has of this version answers 500 to every one of them. */
function portkeyLegs({ portkey, upstream }: Stage): readonly Leg[] {
  if (portkey === undefined) return [];
  const toUpstream = { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${upstream.url}/v1` };
  const headers = { ...toUpstream, authorization: 'Bearer any' };
  const cached = { ...headers, 'x-portkey-config': JSON.stringify({ cache: { mode: 'simple' } }) };
  const asked = question('asked', { headers, numbers: newQuestions });
  return [
    { name: 'portkey-cache', server: portkey, request: question('repeated', { headers: cached }), expected: '200' },
    { name: 'portkey-asked', server: portkey, request: asked, expected: '200' },
  ];
}

interface QuestionOptions extends Pick<LoadRequest, 'headers' | 'numbers'> {
  readonly stream?: true;
}

function question(subject: string, { headers = {}, stream, ...rest }: QuestionOptions = {}): LoadRequest {
  const content = `A question about the ${subject} tasks of this week, number ${numberMark}: what is left to do?`;
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'mock', messages: [{ role: 'user', content }], ...(stream && { stream }) }),
    ...rest,
  };
}

function rank({ name }: Leg): number {
  return Object.keys(legs).indexOf(name);
}
