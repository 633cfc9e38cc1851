import { findLabelSets, type IndexIntoFunctionTable, type Profile, toLineHits } from '#profile/index.ts';
import type { FileLines, ViewChoice } from './protocol.ts';

/** What functions took by line, of the samples and by the value that the choice says. */
export function toFileLines(
  profile: Profile,
  functions: Uint8Array,
  own: IndexIntoFunctionTable,
  { valueType, labels, includeIdle }: Pick<ViewChoice, 'valueType' | 'labels' | 'includeIdle'>,
): FileLines {
  const named = profile.valueTypes.findIndex(({ type }) => type === valueType);
  const options = {
    valueType: named < 0 ? profile.defaultValueType : named,
    labelSets: findLabelSets(profile, labels),
    includeIdle,
  };
  const ownMask = new Uint8Array(functions.length);
  ownMask[own] = 1;
  return { file: toLineHits(profile, functions, options), own: toLineHits(profile, ownMask, options) };
}
