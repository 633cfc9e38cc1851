import { z } from 'zod';
import { ServiceName } from './ids.ts';
import { Instance } from './instance.ts';

/** Where a service stands in the platform; the order in which they are listed. */
export const TIERS = ['edge', 'game', 'data', 'other'] as const;
export const Tier = z.enum(TIERS).meta({ id: 'Tier' });
export type Tier = z.infer<typeof Tier>;

export const Service = z
  .object({
    name: ServiceName,
    tier: Tier,
    versions: z.array(z.string()),
    instances: z.array(Instance),
  })
  .meta({ id: 'Service' });
export type Service = z.infer<typeof Service>;
