import type { Resource } from '#contract';

/** When figures of any of them were last taken; null when never. */
export function newestRead(resources: readonly Pick<Resource, 'at'>[]): string | null {
  return resources.reduce<string | null>(
    (newest, { at }) => (newest === null || (at !== null && at > newest) ? at : newest),
    null,
  );
}
