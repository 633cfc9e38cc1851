import { STATUS_CODES } from 'node:http';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ServerError } from '../errors.ts';
import type { Problem } from './contract/index.ts';
import {
  BodyInvalid,
  BodyTooLarge,
  InternalFault,
  MediaTypeUnsupported,
  MethodNotAllowed,
  RangeUnsatisfiable,
  RequestInvalid,
  TooManyAttempts,
  UrlInvalid,
  UrlTooLong,
} from './errors.ts';
import { BODY_LIMIT_BYTES, PARAMETER_LIMIT } from './limits.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What Fastify itself finds wrong with a request, in our words. */
const FRAMEWORK_ERRORS: Readonly<Record<string, () => ServerError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new BodyTooLarge(BODY_LIMIT_BYTES),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new MediaTypeUnsupported(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new BodyInvalid('its length is not what the header says'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new BodyInvalid('it is not JSON'),
  FST_ERR_BAD_URL: () => new UrlInvalid(),
  FST_ERR_MAX_PARAM_LENGTH: () => new UrlTooLong(PARAMETER_LIMIT),
};

/** The situation behind whatever was thrown. What nobody foresaw becomes an InternalFault that tells nothing. */
export function toServerError(thrown: unknown, requestId: string): ServerError {
  if (thrown instanceof ServerError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const context = thrown.validationContext ?? 'request';
    return new RequestInvalid(
      thrown.validation.slice(0, 20).map((mistake) => ({
        path: [context, ...mistake.instancePath.split('/').filter(Boolean)].join('.').slice(0, 200),
        message: mistake.message ?? 'is not valid',
      })),
    );
  }
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? FRAMEWORK_ERRORS[code] : undefined;
  if (known) return known();
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return new RequestInvalid();
  return new InternalFault(requestId);
}

export function toProblem(error: ServerError, requestId: string): Problem {
  const mistakes = error instanceof RequestInvalid ? error.mistakes : [];
  return {
    type: `urn:opscenter:error:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    instance: `urn:opscenter:request:${requestId}`,
    ...(mistakes.length > 0 ? { errors: [...mistakes] } : {}),
  };
}

/** What the status obliges an answer to carry besides the problem. */
export function toProblemHeaders(error: ServerError): Record<string, string> {
  if (error instanceof MethodNotAllowed) return { allow: error.allowed.join(', ') };
  if (error instanceof RangeUnsatisfiable) return { 'content-range': `bytes */${error.sizeBytes}` };
  if (error instanceof TooManyAttempts) return { 'retry-after': String(error.retryAfterSeconds) };
  if (error.status === 401) return { 'www-authenticate': 'Bearer realm="OPS Center"' };
  if (error.status === 503 || error.status === 429) return { 'retry-after': '2' };
  return {};
}
