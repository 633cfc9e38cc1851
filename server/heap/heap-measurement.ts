import type { OpenedFrom } from './child-messages.ts';

/** What the meters of the console count. */
export type HeapMeasurement =
  | { readonly measured: 'opening'; readonly from: OpenedFrom; readonly seconds: number }
  | { readonly measured: 'answer'; readonly ask: string; readonly seconds: number }
  /** By itself or by someone else, and not because it was done with. */
  | { readonly measured: 'process-ended' };
