import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

const WORTH_IT = /^(?:text\/|application\/(?:javascript|json|manifest\+json)|image\/svg\+xml)/;

/**
 * The body of an answer, packed when the asker understands that and it is worth it; with the headers that change, where null
 * takes one away. Only for files that are the same for everybody: packing a page would let its length tell what is in it
 * (https://breachattack.com/).
 */
export function toCompressed(
  asked: IncomingHttpHeaders,
  answer: Pick<IncomingMessage, 'headers' | 'statusCode'>,
  body: Readable,
): { body: Readable; headers: Record<string, string | null> } {
  const isText = WORTH_IT.test(answer.headers['content-type'] ?? '');
  if (!isText) return { body, headers: {} };
  const vary = { vary: 'accept-encoding' };
  const accepts = /(?:^|,)\s*gzip\s*(?:;\s*q=(?:1|0\.0*[1-9])[^,]*)?(?:,|$)/.test(
    String(asked['accept-encoding'] ?? ''),
  );
  if (!accepts || answer.statusCode !== 200 || answer.headers['content-encoding'])
    return { body, headers: vary };
  const packed = createGzip({ level: 6 });
  // A renderer that breaks off breaks the answer off too, which the pipeline sees to.
  pipeline(body, packed, () => {});
  const { etag } = answer.headers;
  return {
    body: packed,
    headers: {
      ...vary,
      'content-encoding': 'gzip',
      'content-length': null,
      // Other bytes than those that the tag was made for.
      ...(etag ? { etag: etag.startsWith('W/') ? etag : `W/${etag}` } : {}),
    },
  };
}
