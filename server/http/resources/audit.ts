import type { Api } from '../api.ts';
import { AuditList, AuditQuery, AuditVerification } from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const tags = ['audit'];

export function addAuditRoutes(api: Api, { audit }: Rooms): void {
  api.get(
    '/audit',
    {
      schema: {
        tags,
        summary: 'Who did what, newest first',
        description:
          '`search` finds whole acts: an intent comes with its outcome, whichever of them has the text.',
        querystring: AuditQuery,
        response: { 200: AuditList, ...failures() },
      },
    },
    ({ query }, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      return audit.list(query, gone.signal);
    },
  );

  api.get(
    '/audit/verify',
    {
      schema: {
        tags,
        summary: 'Whether the record is whole',
        description: 'Computes the chain of hashes from the first entry to the last. It changes nothing.',
        response: { 200: AuditVerification, ...failures() },
      },
    },
    (_request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      return audit.verify(gone.signal);
    },
  );
}
