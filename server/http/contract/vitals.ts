import { z } from 'zod';
import { InstanceId, Instant } from './ids.ts';

/** The numbers of a second. Units stand in the names; memory in bytes, utilisation and cores as fractions. */
export const VITAL_NAMES = [
  'unresponsiveMs',
  'roundTripMs',
  'loopDelayP50Ms',
  'loopDelayP99Ms',
  'loopDelayMaxMs',
  'loopUtilization',
  'cpuCores',
  'mainThreadCpuCores',
  'rssBytes',
  'heapUsedBytes',
  'heapTotalBytes',
  'heapLimitBytes',
  'externalBytes',
  'gcCount',
  'gcPauseMs',
] as const;
export const VitalName = z.enum(VITAL_NAMES).meta({ id: 'VitalName' });
export type VitalName = z.infer<typeof VitalName>;

/** null: not measured in that second. Nothing is interpolated. */
const VitalColumn = z.array(z.number().nullable());

/** History of one instance: column i of every series belongs to the second `startAt + i · intervalMs`. */
export const VitalsHistory = z
  .object({
    startAt: Instant,
    intervalMs: z.int(),
    series: z.record(VitalName, VitalColumn),
  })
  .meta({ id: 'VitalsHistory' });
export type VitalsHistory = z.infer<typeof VitalsHistory>;

export const VitalsQuery = z.object({
  /** Only what is newer. */
  since: Instant.optional(),
});
export type VitalsQuery = z.infer<typeof VitalsQuery>;

/** One second of the whole fleet: entry i of every column belongs to `instanceIds[i]`. */
export const VitalsBatch = z
  .object({
    at: Instant,
    instanceIds: z.array(InstanceId),
    columns: z.record(VitalName, VitalColumn),
  })
  .meta({ id: 'VitalsBatch' });
export type VitalsBatch = z.infer<typeof VitalsBatch>;
