import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type AppErrorDetails, type FieldError } from '#shared/app-error.ts';
import { type ErrorCode, errorCatalogue } from '#shared/error-catalogue.ts';

/**
 * The one place that turns errors into answers: RFC 9457 with `code` and `requestId`. Unexpected errors are logged
 * once.
 */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toRequestError(error);
    if (known.code === 'internal') request.log.error({ err: error }, 'unexpected error');
    else request.log.info({ code: known.code, ...known.details.log, err: describeCause(known) }, 'request refused');
    return sendProblem(known, request, reply);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError('not_found'), request, reply));
}

export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status } = errorCatalogue[error.code];
  const { retryAfterSeconds } = error.details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(buildProblem(error.code, request.id, error.details)));
}

/** The members of the problem document, in reading order. */
export function buildProblem(code: ErrorCode, requestId: string, details: AppErrorDetails = {}) {
  const { status, title } = errorCatalogue[code];
  const { detail, retryAfterSeconds, errors, extension } = details;
  return {
    type: 'about:blank',
    title,
    status,
    code,
    requestId,
    ...(detail !== undefined && { detail }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(errors && { errors }),
    ...extension,
  };
}

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
  503: 'unavailable',
};

export function toRequestError(error: FastifyError): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new AppError('invalid_request', { errors: error.validation.flatMap(toFieldErrors), cause: error });
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return new AppError('too_many_requests', { cause: error, retryAfterSeconds: 60 });
  if (status >= 400 && status < 500) {
    return new AppError(codeByStatus[status] ?? 'invalid_request', { cause: error });
  }
  return new AppError(codeByStatus[status] ?? 'internal', { cause: error });
}

type Validation = FastifyError['validation'] & {};

/** A member that nothing knows is named by its own path. */
function toFieldErrors({ keyword, instancePath, message, params }: Validation[number]): FieldError[] {
  const path = instancePath.split('/').filter(Boolean);
  const { keys } = params;
  if (keyword !== 'unrecognized_keys' || !Array.isArray(keys)) {
    return [{ path: path.join('.'), message: message ?? 'is not valid' }];
  }
  return keys.map((key) => ({ path: [...path, String(key)].join('.'), message: 'is not a known member' }));
}

/** Names and codes only, because a foreign error's message may repeat what a customer typed. */
function describeCause(error: AppError): { name: string; code?: string } | undefined {
  const { cause } = error;
  if (!(cause instanceof Error)) return undefined;
  return { name: cause.name, ...('code' in cause && typeof cause.code === 'string' && { code: cause.code }) };
}
