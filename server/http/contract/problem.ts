import { z } from 'zod';

/**
 * What every failed request is answered with: an RFC 9457 problem document, media type
 * `application/problem+json`. `code` is the word for programs and is listed in docs/errors.md;
 * `detail` is the sentence for people: what happened, what it means, what to do next.
 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });
export type Problem = z.infer<typeof Problem>;
