import { z } from 'zod';
import { Instant } from './ids.ts';

/** The console about itself. */
export const System = z
  .object({
    version: z.string(),
    startedAt: Instant,
    now: Instant,
    epoch: z.int(),
    registryAddress: z.string(),
    signInRequired: z.boolean(),
    captures: z.object({ running: z.int(), queued: z.int(), runningLimit: z.int(), queueLimit: z.int() }),
    storage: z.object({ artifactBytes: z.int(), artifactLimitBytes: z.int(), retentionDays: z.number() }),
    sources: z.array(z.object({ name: z.string(), targets: z.int(), problem: z.string().nullable() })),
  })
  .meta({ id: 'System' });
export type System = z.infer<typeof System>;
