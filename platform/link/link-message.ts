import { z } from 'zod';

/** Nothing in this platform needs more. */
export const MAX_MESSAGE_BYTES = 16 * 1024;

export const LinkRequest = z.object({
  id: z.int().min(0),
  method: z.string().max(64),
  body: z.unknown(),
});
export type LinkRequest = z.infer<typeof LinkRequest>;

export const LinkAnswer = z.union([
  z.object({ id: z.int(), result: z.unknown() }),
  z.object({ id: z.int(), error: z.object({ code: z.string(), message: z.string() }) }),
]);
export type LinkAnswer = z.infer<typeof LinkAnswer>;

/** An expected refusal of the other end: it travels over the link as it is. */
export class LinkRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'LinkRefusal';
    this.code = code;
  }
}

/** The connection is gone, or the answer did not come in time. */
export class LinkBroken extends Error {
  readonly code = 'link-broken';
  constructor(message: string) {
    super(message);
    this.name = 'LinkBroken';
  }
}
