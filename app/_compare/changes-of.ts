import { findCountOf } from '#profile/index.ts';
import type { OpenedProfile } from '../_viewer/loading/protocol.ts';
import { type Changes, type Part, toChanges } from './changes.ts';
import type { ComparedView } from './loading/compare-protocol.ts';

/** What every function came to on both sides, as the view has them scaled. */
export function changesOf(
  { valueTypes }: OpenedProfile,
  { valueType, scale, functions, tree }: ComparedView,
  part: Part,
): Changes {
  const { before, after } = tree;
  const counted = findCountOf(valueTypes, valueType);
  const countsSamples = counted !== undefined && valueTypes[counted]?.type === 'samples';
  return toChanges(functions, {
    part,
    scale,
    wholes: { before: before.total[0] as number, after: after.total[0] as number },
    samples: countsSamples
      ? { before: before.totalCount[0] as number, after: after.totalCount[0] as number }
      : undefined,
  });
}
