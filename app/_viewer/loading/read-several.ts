import { chooseProfile, type Profile } from '#profile/index.ts';
import type { ArtifactSource, FileSource, LoadFailure, PartFailure, PartProgress } from './protocol.ts';
import { readProfile, toFailure } from './read-profile.ts';

interface ReadParts {
  readonly read: readonly { readonly index: number; readonly profile: Profile }[];
  readonly failures: readonly PartFailure[];
}

/**
 * Reads profiles one after the other, so that no more than one is held as it came. One that cannot be read is left out and
 * told of: the others are not lost for it. Of a file that holds several profiles the one in which most happened is taken.
 */
export async function readSeveral(
  sources: readonly (ArtifactSource | FileSource)[],
  onPart: (index: number, progress: PartProgress) => void,
): Promise<ReadParts> {
  const read: { index: number; profile: Profile }[] = [];
  const failures: PartFailure[] = [];
  for (const [index, source] of sources.entries()) {
    onPart(index, { state: 'reading', receivedBytes: 0 });
    const outcome = await readOne(source, (receivedBytes) =>
      onPart(index, { state: 'reading', receivedBytes }),
    );
    if ('kind' in outcome) {
      failures.push({ index, failure: outcome });
      onPart(index, { state: 'failed', failure: outcome });
    } else {
      read.push({ index, profile: outcome });
      onPart(index, { state: 'read' });
    }
  }
  return { read, failures };
}

async function readOne(
  source: ArtifactSource | FileSource,
  onProgress: (receivedBytes: number) => void,
): Promise<Profile | LoadFailure> {
  try {
    const read = await readProfile(source, onProgress);
    return 'kind' in read ? read : chooseProfile(read).profile;
  } catch (error) {
    return toFailure(error);
  }
}
