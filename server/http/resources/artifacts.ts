import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ArtifactNotAvailable, CaptureNotFound } from '../../errors.ts';
import type { Api } from '../api.ts';
import { parseByteRange } from '../byte-range.ts';
import { type Capture, CaptureId } from '../contract/index.ts';
import { RangeUnsatisfiable } from '../errors.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';
import { untilGone } from '../until-gone.ts';

const Params = z.object({ id: CaptureId });
const Bytes = z.unknown().meta({ type: 'string', format: 'binary' });
const tags = ['captures'];

/** The routes that answer with bytes. What an agent recorded is only ever offered as a file to keep. */
export function addArtifactRoutes(api: Api, { captures }: Rooms): void {
  api.get(
    '/captures/:id/artifact',
    {
      schema: {
        tags,
        summary: 'The artifact as it came',
        description: 'Takes Range, If-Range and If-None-Match. The ETag is the SHA-256 of the whole.',
        params: Params,
        response: {
          200: { description: 'All bytes', content: { 'application/octet-stream': { schema: Bytes } } },
          206: { description: 'The range', content: { 'application/octet-stream': { schema: Bytes } } },
          304: z.null().describe('It has not changed'),
          ...failures(404, 409, 416),
        },
      },
    },
    async (request, reply) => {
      const id = request.params.id;
      const artifact = demandArtifact(await captures.find(id), id);
      const etag = `"${artifact.sha256}"`;
      reply
        .header('etag', etag)
        .header('accept-ranges', 'bytes')
        .header('cache-control', 'private, no-cache');
      if (namesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send(null);

      const range = findRange(request, etag, artifact.sizeBytes);
      const length = range ? range.end - range.start + 1 : artifact.sizeBytes;
      const opened = await captures.openArtifact(id, range);
      reply.header('content-length', length).type(toSafeMediaType(opened.mediaType));
      offerAsFile(reply, opened.fileName);
      if (range) {
        reply.code(206);
        reply.header('content-range', `bytes ${range.start}-${range.end}/${artifact.sizeBytes}`);
      }
      if (request.method === 'HEAD') {
        opened.stream.destroy();
        // The length stays what the header says: an empty stream leaves it alone, an empty text would not.
        return reply.send(Readable.from([]));
      }
      return reply.send(opened.stream);
    },
  );

  api.get(
    '/captures/:id/pprof',
    {
      schema: {
        tags,
        summary: 'The profile as pprof',
        description: 'A gzip-compressed profile.proto: what go tool pprof opens.',
        params: Params,
        response: {
          200: { description: 'The file', content: { 'application/octet-stream': { schema: Bytes } } },
          ...failures(404, 409, 422),
        },
      },
    },
    async (request, reply) => {
      const profile = await captures.profile(request.params.id, 'pprof', untilGone(reply));
      return sendFile(reply.type('application/octet-stream'), profile);
    },
  );

  api.get(
    '/captures/:id/collapsed',
    {
      schema: {
        tags,
        summary: 'The profile as collapsed stacks',
        description:
          'A line for each stack: frames from the root, with semicolons between them, a space, and what it took in the unit of the profile: microseconds, nanoseconds or bytes. Flame graph tools and speedscope open it. Idle time is left out.',
        params: Params,
        response: {
          200: { description: 'The file', content: { 'text/plain': { schema: z.string() } } },
          ...failures(404, 409, 422),
        },
      },
    },
    async (request, reply) => {
      const profile = await captures.profile(request.params.id, 'collapsed', untilGone(reply));
      return sendFile(reply.type('text/plain; charset=utf-8'), profile);
    },
  );

  api.get(
    '/captures/:id/speedscope',
    {
      schema: {
        tags,
        summary: 'The profile for speedscope',
        description:
          "In speedscope's own JSON. A CPU profile keeps the order of time; while the thread was idle no frame is open.",
        params: Params,
        response: {
          200: { description: 'The file', content: { 'application/octet-stream': { schema: Bytes } } },
          ...failures(404, 409, 422),
        },
      },
    },
    async (request, reply) => {
      const profile = await captures.profile(request.params.id, 'speedscope', untilGone(reply));
      return sendFile(reply.type('application/octet-stream'), profile);
    },
  );

  api.get(
    '/captures/:id/text',
    {
      schema: {
        tags,
        summary: 'What was pending, as text',
        description:
          'For captures of kind activity: a paragraph for each thread, each group of operations and each kind of handle, to be read in a terminal.',
        params: Params,
        response: {
          200: { description: 'The text', content: { 'text/plain': { schema: z.string() } } },
          ...failures(404, 409, 422),
        },
      },
    },
    async (request, reply) => {
      const text = await captures.text(request.params.id, untilGone(reply));
      return sendFile(reply.type('text/plain; charset=utf-8'), text);
    },
  );
}

function sendFile(reply: FastifyReply, { bytes, fileName }: { bytes: Uint8Array; fileName: string }) {
  offerAsFile(reply, fileName);
  reply.header('cache-control', 'private, no-cache');
  return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function demandArtifact(capture: Capture | undefined, id: string) {
  if (!capture) throw new CaptureNotFound(id);
  if (!capture.artifact) throw new ArtifactNotAvailable(id, capture.status.state);
  return capture.artifact;
}

/** @throws RangeUnsatisfiable */
function findRange(request: FastifyRequest, etag: string, sizeBytes: number) {
  const ifRange = request.headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const range = parseByteRange(request.headers.range, sizeBytes);
  if (range === 'unsatisfiable') throw new RangeUnsatisfiable(sizeBytes);
  return range;
}

function namesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  const named = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return named.includes(etag) || named.includes('*');
}

/** The media type comes from an agent: only types that no browser renders are passed on. */
function toSafeMediaType(mediaType: string): string {
  const plain = /^application\/(?:json|x-[a-z0-9.-]{1,64}|vnd\.[a-z0-9.-]{1,64}(?:\+(?:json|gzip))?)$/;
  return plain.test(mediaType) ? mediaType : 'application/octet-stream';
}

function offerAsFile(reply: FastifyReply, fileName: string): void {
  const plain = fileName.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 200);
  reply.header('content-disposition', `attachment; filename="${plain}"`);
}
