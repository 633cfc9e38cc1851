import { z } from 'zod';
import type { PodSight } from './staleness.ts';

const Health = z.object({ startedAt: z.iso.datetime().transform((text) => Date.parse(text)) });
const LOOK_BUDGET_MS = 1_000;

/** Asks a pod since when it runs. Takes a second at most, never rejects. */
export async function lookAtPod(healthUrl: string): Promise<PodSight> {
  try {
    const response = await fetch(healthUrl, { signal: AbortSignal.timeout(LOOK_BUDGET_MS) });
    const health = Health.safeParse(await response.json());
    return health.success ? { state: 'answers', startedAt: health.data.startedAt } : { state: 'silent' };
  } catch (error) {
    return isRefused(error) ? { state: 'gone' } : { state: 'silent' };
  }
}

function isRefused(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.cause instanceof Error &&
    'code' in error.cause &&
    error.cause.code === 'ECONNREFUSED'
  );
}
