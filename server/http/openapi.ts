import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Api } from './api.ts';
import { Problem } from './contract/index.ts';
import { PROBLEM_MEDIA_TYPE } from './problem-document.ts';

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Nobody is signed in, or the token is refused',
  403: 'The request comes from another site',
  404: 'There is no such thing',
  409: 'Its state does not allow this',
  413: 'The body is too large',
  415: 'The body is not JSON',
  416: 'The range lies outside the artifact',
  421: 'The console does not answer to this host name',
  422: 'The artifact cannot be converted, or a confirmation is missing',
  429: 'Too many at once, or too many refused tokens',
  500: 'Something went wrong in the console itself',
  503: 'Not possible at the moment',
  504: 'It took too long and was broken off',
  507: 'There is no room to store it',
};

/** What the guards of the front door can answer on every route. */
const EVERYWHERE = [400, 401, 403, 421, 429, 500, 503];
const WITH_BODY = [413, 415];

/** The failures of a route for its documentation: those named, and those that every route has. */
export function failures(...statuses: number[]): Record<never, never> {
  const all = [...new Set([...EVERYWHERE, ...statuses])].sort();
  return Object.fromEntries(
    all.map((status) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'Failure',
        content: { [PROBLEM_MEDIA_TYPE]: { schema: Problem } },
      },
    ]),
  );
}

export function failuresWithBody(...statuses: number[]): Record<never, never> {
  return failures(...WITH_BODY, ...statuses);
}

/** Gathers the description of every route that is added after it. */
export async function describeApi(app: Api, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OPS Center',
        version,
        description:
          'What the console shows and does. Failures are RFC 9457 problem documents; docs/errors.md explains every code.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'OPSCENTER_CONSOLE_TOKEN, where one is set',
          },
        },
      },
      security: [{}, { bearer: [] }],
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnusedInputs(jsonSchemaTransformObject(document)),
  });
}

/** Every schema has a form for what is sent and one for what is answered; the first is dropped where nothing sends it. */
function withoutUnusedInputs(document: ReturnType<typeof jsonSchemaTransformObject>): typeof document {
  const schemas = 'components' in document ? document.components?.schemas : undefined;
  for (;;) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas ?? {}).filter(
      (name) => name.endsWith('Input') && !text.includes(`"#/components/schemas/${name}"`),
    );
    if (unused.length === 0) return document;
    for (const name of unused) delete schemas?.[name];
  }
}
