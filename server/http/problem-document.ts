import { STATUS_CODES } from 'node:http';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ActionParametersInvalid, ServerError } from '../errors.ts';
import type { Problem } from './contract/index.ts';
import {
  BodyInvalid,
  BodyTooLarge,
  InternalFault,
  MediaTypeUnsupported,
  MethodNotAllowed,
  RangeUnsatisfiable,
  RequestInvalid,
  type RequestMistake,
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
    return new RequestInvalid(toMistakes(thrown.validation, thrown.validationContext ?? 'request'));
  }
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? FRAMEWORK_ERRORS[code] : undefined;
  if (known) return known();
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return new RequestInvalid();
  return new InternalFault(requestId);
}

const MISTAKES_TOLD = 20;
const PATH_LENGTH = 200;

function toMistakes(
  issues: readonly { instancePath: string; message?: string; params: unknown }[],
  context: string,
): RequestMistake[] {
  const flat = issues.flatMap(({ instancePath, message, params }) => {
    const path = [context, ...instancePath.split('/').filter(Boolean)];
    return (
      findClosestBranch(params)?.map((issue) => ({
        path: [...path, ...issue.path],
        message: issue.message,
      })) ?? [{ path, message: message ?? 'is not valid' }]
    );
  });
  return flat
    .slice(0, MISTAKES_TOLD)
    .map(({ path, message }) => ({ path: path.join('.').slice(0, PATH_LENGTH), message }));
}

const UnionIssue = z.object({
  errors: z
    .array(z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })))
    .min(1),
});

/** Of the forms that a value could have had, the mistakes in the one that it comes closest to. */
function findClosestBranch(params: unknown) {
  const union = UnionIssue.safeParse(params);
  if (!union.success) return undefined;
  return union.data.errors.reduce((closest, branch) => (branch.length <= closest.length ? branch : closest));
}

export function toProblem(error: ServerError, requestId: string): Problem {
  const hasMistakes = error instanceof RequestInvalid || error instanceof ActionParametersInvalid;
  const mistakes = hasMistakes ? error.mistakes : [];
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
