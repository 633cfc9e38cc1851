import { z } from 'zod';
import type { Api } from '../api.ts';
import { CaptureId, HeapReply, HeapRequest, HeapState } from '../contract/index.ts';
import { failures, failuresWithBody } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';
import { untilGone } from '../until-gone.ts';

const Params = z.object({ id: CaptureId });
const tags = ['heap'];

/** What fills a heap and who holds it. Whoever may download an artifact may ask these; reading leaves no record, as there. */
export function addHeapRoutes(api: Api, { heaps }: Rooms): void {
  api.get(
    '/captures/:id/heap',
    {
      schema: {
        tags,
        summary: 'How a heap snapshot stands',
        description:
          'Opens nothing. Asking it now and then keeps an opening going: one that nobody asks for is given up after 30 s.',
        params: Params,
        response: { 200: HeapState, ...failures(404, 409) },
      },
    },
    (request) => heaps.state(request.params.id),
  );

  api.post(
    '/captures/:id/heap/open',
    {
      schema: {
        tags,
        summary: 'Begin to open a heap snapshot',
        description:
          'The first time it is read whole, later from its index. Where that failed it is tried again. A question opens it, too.',
        params: Params,
        response: { 202: HeapState, ...failures(404, 409) },
      },
    },
    async (request, reply) => reply.code(202).send(await heaps.open(request.params.id)),
  );

  api.post(
    '/captures/:id/heap/query',
    {
      schema: {
        tags,
        summary: 'Ask a heap snapshot',
        description:
          'Opens it where it is closed, and waits up to 20 s for that (503 heap-opening after that). It changes nothing; it is a POST because what is asked is long. Closing the connection cancels the question.',
        params: Params,
        body: HeapRequest,
        response: { 200: HeapReply, ...failuresWithBody(404, 409, 422, 504) },
      },
    },
    (request, reply) => heaps.ask(request.params.id, request.body, untilGone(reply)),
  );

  api.post(
    '/captures/:id/heap/close',
    {
      schema: {
        tags,
        summary: 'Close a heap snapshot, or cancel its opening',
        description: 'For everybody who asks it. Its index is kept.',
        params: Params,
        response: { 200: HeapState, ...failures(404, 409) },
      },
    },
    (request) => heaps.close(request.params.id),
  );
}
