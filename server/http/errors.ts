import { ServerError } from '../errors.ts';

/** One thing that is wrong with a request; `path` leads to it, such as body.options.intervalMicros. */
export interface RequestMistake {
  readonly path: string;
  readonly message: string;
}

// What was asked for is malformed.

export class RequestInvalid extends ServerError {
  readonly code = 'request-invalid';
  readonly status = 400;
  readonly mistakes: readonly RequestMistake[];

  constructor(mistakes: readonly RequestMistake[] = []) {
    const [first] = mistakes;
    const where = first?.path ? `${first.path}: ` : '';
    super(
      first
        ? `The request does not fit what is expected here: ${where}${first.message}.`
        : 'The request does not fit what is expected here.',
    );
    this.mistakes = mistakes;
  }
}

export class BodyInvalid extends ServerError {
  readonly code = 'body-invalid';
  readonly status = 400;

  constructor(why: string, options?: ErrorOptions) {
    super(`The body cannot be read: ${why}.`, options);
  }
}

export class BodyTooLarge extends ServerError {
  readonly code = 'body-too-large';
  readonly status = 413;

  constructor(limitBytes: number) {
    super(`The body is larger than ${limitBytes} bytes, which is the limit here.`);
  }
}

export class MediaTypeUnsupported extends ServerError {
  readonly code = 'media-type-unsupported';
  readonly status = 415;

  constructor() {
    super('Bodies are JSON here: send them with content-type: application/json.');
  }
}

export class UrlInvalid extends ServerError {
  readonly code = 'url-invalid';
  readonly status = 400;

  constructor() {
    super('The URL cannot be decoded.');
  }
}

export class UrlTooLong extends ServerError {
  readonly code = 'url-too-long';
  readonly status = 414;

  constructor(limit: number) {
    super(`The URL, or a part of it, is longer than ${limit} characters.`);
  }
}

export class RangeUnsatisfiable extends ServerError {
  readonly code = 'range-unsatisfiable';
  readonly status = 416;
  readonly sizeBytes: number;

  constructor(sizeBytes: number) {
    super(`The range lies outside the artifact, which has ${sizeBytes} bytes.`);
    this.sizeBytes = sizeBytes;
  }
}

// There is nothing there, or not in this way.

export class RouteNotFound extends ServerError {
  readonly code = 'route-not-found';
  readonly status = 404;

  constructor() {
    super('There is nothing at this address. What there is stands in /api/v1/openapi.json.');
  }
}

export class MethodNotAllowed extends ServerError {
  readonly code = 'method-not-allowed';
  readonly status = 405;
  readonly allowed: readonly string[];

  constructor(method: string, allowed: readonly string[]) {
    super(`${method} is not possible here. Possible: ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

// Who asks, and from where.

export class HostNotServed extends ServerError {
  readonly code = 'host-not-served';
  readonly status = 421;

  constructor() {
    super(
      'The console does not answer to this host name. If it is one of its own, add it to OPSCENTER_HTTP_NAMES.',
    );
  }
}

export class ForeignRequest extends ServerError {
  readonly code = 'foreign-request';
  readonly status = 403;

  constructor(sign: string) {
    super(
      `The request does not come from the console's own pages: ${sign}. Programs send the header x-opscenter: 1 with what changes something.`,
    );
  }
}

export class SignInRequired extends ServerError {
  readonly code = 'sign-in-required';
  readonly status = 401;

  constructor() {
    super('Sign in first, or send the console token as a bearer token.');
  }
}

export class TokenRefused extends ServerError {
  readonly code = 'console-token-refused';
  readonly status = 401;

  constructor() {
    super('This is not the console token (OPSCENTER_CONSOLE_TOKEN).');
  }
}

export class TooManyAttempts extends ServerError {
  readonly code = 'too-many-attempts';
  readonly status = 429;
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many tokens were refused: try again in ${retryAfterSeconds} seconds.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

// The console itself.

export class TooManyStreams extends ServerError {
  readonly code = 'too-many-streams';
  readonly status = 503;

  constructor(limit: number) {
    super(`${limit} event streams are open, which is the limit: close some pages, or try again later.`);
  }
}

export class PagesUnavailable extends ServerError {
  readonly code = 'pages-unavailable';
  readonly status = 503;

  constructor(why: string) {
    super(`The pages are not available: ${why}. The API works meanwhile.`);
  }
}

export class InternalFault extends ServerError {
  readonly code = 'internal-fault';
  readonly status = 500;

  constructor(requestId: string) {
    super(
      `Something went wrong in the console itself. Its log has the reason under the request ${requestId}.`,
    );
  }
}

// The connection, before there is a request to speak of.

export class HeadersTooLarge extends ServerError {
  readonly code = 'headers-too-large';
  readonly status = 431;

  constructor() {
    super('The headers of the request are too large.');
  }
}

export class RequestTooSlow extends ServerError {
  readonly code = 'request-too-slow';
  readonly status = 408;

  constructor() {
    super('The request did not arrive in time.');
  }
}

export class RequestUnreadable extends ServerError {
  readonly code = 'request-unreadable';
  readonly status = 400;

  constructor() {
    super('This is not a request that can be read as HTTP.');
  }
}

// The start.

export class HttpPortUnavailable extends ServerError {
  readonly code = 'http-port-unavailable';
  readonly status = 500;

  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      `The console cannot listen on ${address}: ${why}. Stop what uses it, or set OPSCENTER_HTTP_PORT or OPSCENTER_HTTP_HOST.`,
      options,
    );
  }
}
