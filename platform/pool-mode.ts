/** How the gateway keeps its connections to the pods; see `bg-gate/README.md`. */
export const POOL_MODES = ['checked', 'unchecked'] as const;
export type PoolMode = (typeof POOL_MODES)[number];
