import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { AgentError } from '../agent-error.ts';
import { isError } from '../is-error.ts';

/** Turns whatever was thrown into the one envelope; what we did not expect is logged and shown as `internal`. */
export function replyWithError(
  thrown: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toAgentError(thrown, request);
  if (error.code === 'internal') request.log.error({ err: thrown }, 'request failed');
  if (error.status === 503) reply.header('retry-after', '1');
  if (error.code === 'idempotency-in-progress') reply.header('retry-after', '1');
  return reply
    .status(error.status)
    .type('application/json')
    .send(JSON.stringify(envelopeOf(error, request, detailsOf(thrown))));
}

export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

/** OpenAI clients get the shape they parse; everyone else gets code, message and request id. */
export function envelopeOf(error: AgentError, request: FastifyRequest, details: readonly ErrorDetail[] = []) {
  const { code, message } = error;
  if (!isOpenAiRoute(request))
    return { error: { code, message, request_id: request.id, ...(details.length > 0 && { details }) } };
  const param = details[0]?.path ?? null;
  return { error: { message: `${message} (request ${request.id})`, type: openAiType(error.status), param, code } };
}

export function toAgentError(thrown: unknown, request: FastifyRequest): AgentError {
  if (thrown instanceof AgentError) return thrown;
  if (!isError(thrown) || isResponseSerializationError(thrown))
    return new AgentError('internal', {}, { cause: thrown });
  if (hasZodFastifySchemaValidationErrors(thrown)) return invalid(detailsOf(thrown), thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  const known = frameworkErrors[code];
  if (known !== undefined) return known(request, thrown);
  const status = 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
  if (status >= 400 && status < 500)
    return new AgentError('request-invalid', { subject: 'request', allowed: thrown.message }, { cause: thrown });
  return new AgentError('internal', {}, { cause: thrown });
}

type Convert = (request: FastifyRequest, cause: Error) => AgentError;

const frameworkErrors: Readonly<Record<string, Convert>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ routeOptions }, cause) =>
    new AgentError('body-too-large', { allowed: routeOptions.bodyLimit ?? 0 }, { cause }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ headers }, cause) =>
    new AgentError('media-type-unsupported', { value: headers['content-type'] }, { cause }),
  FST_ERR_CTP_INVALID_JSON_BODY: (_, cause) =>
    new AgentError('request-invalid', { subject: 'body', allowed: 'it must be valid JSON' }, { cause }),
  FST_ERR_CTP_EMPTY_JSON_BODY: (_, cause) =>
    new AgentError('request-invalid', { subject: 'body', allowed: 'it must not be empty' }, { cause }),
  ERR_STREAM_PREMATURE_CLOSE: (_, cause) => new AgentError('client-gone', {}, { cause }),
};

function invalid(details: readonly ErrorDetail[], cause: Error): AgentError {
  const [first] = details;
  return new AgentError(
    'request-invalid',
    { subject: first?.path ?? 'request', allowed: first?.message ?? 'it is not valid' },
    { cause },
  );
}

function detailsOf(thrown: unknown): readonly ErrorDetail[] {
  if (!isError(thrown) || !hasZodFastifySchemaValidationErrors(thrown)) return [];
  const context = 'validationContext' in thrown ? String(thrown.validationContext) : 'request';
  return thrown.validation.map(({ instancePath, message }) => ({
    path: `${context}${instancePath.replaceAll('/', '.')}`,
    message: message ?? 'invalid',
  }));
}

/** By the route that was found, since its URL can be written in many ways; by the URL where there is none. */
function isOpenAiRoute({ routeOptions, url }: FastifyRequest): boolean {
  const path = routeOptions.url ?? url;
  return path.startsWith('/v1/chat/') || path.startsWith('/v1/models');
}

function openAiType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
