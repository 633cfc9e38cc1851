import { z } from 'zod';
import type { Api } from '../api.ts';
import { CaptureId, Originals, OriginalsRequest, SourceQuery, SourceText } from '../contract/index.ts';
import { failures, failuresWithBody } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';
import { untilGone } from '../until-gone.ts';

const Params = z.object({ id: CaptureId });
const tags = ['captures'];

/** The source of what was sampled, as far as the operator lets it be read. */
export function addSourceRoutes(api: Api, { captures }: Rooms): void {
  api.get(
    '/captures/:id/source',
    {
      schema: {
        tags,
        summary: 'The text of a file that the profile names',
        description:
          'Files are read below the directories of OPSCENTER_SOURCES alone. With `original`, the text of what the file was made of.',
        params: Params,
        querystring: SourceQuery,
        response: { 200: SourceText, ...failures(404, 409, 422) },
      },
    },
    (request, reply) => captures.source(request.params.id, request.query, untilGone(reply)),
  );

  api.post(
    '/captures/:id/source/originals',
    {
      schema: {
        tags,
        summary: 'Where functions and lines of generated files come from',
        description:
          'Looks them up in the source maps within or beside the files. It changes nothing; it is a POST because what is asked is long.',
        params: Params,
        body: OriginalsRequest,
        response: { 200: Originals, ...failuresWithBody(404, 409, 422) },
      },
    },
    async (request, reply) => ({
      files: await captures.originals(request.params.id, request.body, untilGone(reply)),
    }),
  );
}
