import { mergeProfiles, type NamedProfile, type ProfileSet } from '#profile/index.ts';
import type { LoadFailure, MergedFrom, PartProgress, SeveralSource } from './protocol.ts';
import { rankParts } from './rank-parts.ts';
import { readSeveral } from './read-several.ts';

interface OpenedSeveral {
  readonly set: ProfileSet;
  readonly merged: MergedFrom;
}

/**
 * Reads profiles one after the other, merges what could be read, and ranks which of them is unlike the others. The failure of
 * the first where none could be read.
 */
export async function openSeveral(
  { parts, label }: SeveralSource,
  onPart: (index: number, progress: PartProgress) => void,
): Promise<OpenedSeveral | LoadFailure> {
  const sources = parts.map(({ source }) => source);
  const { read, failures } = await readSeveral(sources, onPart);
  const [failed] = failures;
  if (read.length === 0) return failed?.failure ?? { kind: 'empty-file' };
  const profile = mergeProfiles(
    read.map((part) => ({ name: parts[part.index]?.name ?? '', profile: part.profile })),
    { label },
  );
  const only: NamedProfile = { name: '', profile };
  return {
    set: { profiles: [only], first: 0 },
    merged: {
      failures,
      read: read.map(({ index }) => index),
      ranking: rankParts(read.map((part) => part.profile)),
    },
  };
}
