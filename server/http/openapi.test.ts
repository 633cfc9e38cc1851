import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TestConsole } from './testing/test-console.ts';

const Answer = z.object({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() });
const Operation = z.object({
  summary: z.string(),
  tags: z.array(z.string()),
  responses: z.record(z.string(), Answer),
});
const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

async function describeConsole() {
  const opened = await TestConsole.open();
  const answer = await opened.send('/api/v1/openapi.json');
  return { opened, text: answer.text, document: Document.parse(answer.json()) };
}

describe('the description of the API', () => {
  test('names every address and method that there is', async () => {
    const { document } = await describeConsole();
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toMatchInlineSnapshot(`
      [
        "DELETE /api/v1/captures/{id}",
        "DELETE /api/v1/session",
        "GET /api/v1/actions",
        "GET /api/v1/actions/{id}",
        "GET /api/v1/audit",
        "GET /api/v1/audit/verify",
        "GET /api/v1/captures",
        "GET /api/v1/captures/{id}",
        "GET /api/v1/captures/{id}/artifact",
        "GET /api/v1/captures/{id}/collapsed",
        "GET /api/v1/captures/{id}/heap",
        "GET /api/v1/captures/{id}/pprof",
        "GET /api/v1/captures/{id}/source",
        "GET /api/v1/captures/{id}/speedscope",
        "GET /api/v1/captures/{id}/text",
        "GET /api/v1/events",
        "GET /api/v1/instances",
        "GET /api/v1/instances/{id}",
        "GET /api/v1/instances/{id}/captures",
        "GET /api/v1/instances/{id}/resources/{resourceId}",
        "GET /api/v1/instances/{id}/vitals",
        "GET /api/v1/resources",
        "GET /api/v1/services",
        "GET /api/v1/services/{name}",
        "GET /api/v1/session",
        "GET /api/v1/system",
        "GET /api/v1/timeline",
        "GET /healthz",
        "GET /readyz",
        "PATCH /api/v1/captures/{id}",
        "POST /api/v1/actions",
        "POST /api/v1/actions/preview",
        "POST /api/v1/actions/{id}/cancel",
        "POST /api/v1/actions/{id}/extend",
        "POST /api/v1/captures",
        "POST /api/v1/captures/{id}/cancel",
        "POST /api/v1/captures/{id}/heap/close",
        "POST /api/v1/captures/{id}/heap/open",
        "POST /api/v1/captures/{id}/heap/query",
        "POST /api/v1/captures/{id}/source/originals",
        "POST /api/v1/captures/{id}/stop",
        "POST /api/v1/session",
      ]
    `);
  });

  test('gives every failure as a problem document, and the common ones everywhere', async () => {
    const { document } = await describeConsole();
    for (const [path, methods] of Object.entries(document.paths)) {
      if (!path.startsWith('/api/')) continue;
      for (const [method, { responses }] of Object.entries(methods)) {
        const failed = Object.entries(responses).filter(([status]) => Number(status) >= 400);
        expect
          .soft(
            failed.map(([status]) => status),
            `${method} ${path}`,
          )
          .toEqual(expect.arrayContaining(['400', '401', '403', '421', '429', '500', '503']));
        for (const [, { content }] of failed) {
          expect.soft(Object.keys(content ?? {})).toEqual(['application/problem+json']);
        }
      }
    }
  });

  test('refers to nothing that it does not have', async () => {
    const { document, text } = await describeConsole();
    const referred = [...text.matchAll(/"#\/components\/schemas\/([A-Za-z]+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(referred.length).toBeGreaterThan(50);
    expect([...new Set(referred)].filter((name) => !(name in document.components.schemas))).toEqual([]);
  });
});
