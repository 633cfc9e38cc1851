import { useEffect, useState } from 'react';
import type { FileLines, MergedView, OpenedProfile } from '../loading/protocol.ts';
import type { AskLines } from '../loading/use-profile.ts';
import type { OriginalFunctions } from './original-functions.ts';
import { type SourceLines, type ToShownLine, toSourceLines } from './source-lines.ts';
import { functionsBeside, type SourcePlace } from './source-place.ts';
import { askOriginals } from './source-server.ts';

/** Lines that the server is asked about at once. */
const MOST_LINES = 5000;

interface Asked {
  readonly profile: OpenedProfile;
  readonly view: MergedView;
  readonly originals: OriginalFunctions | undefined;
  readonly func: number;
  readonly place: SourcePlace;
  readonly lineCount: number | undefined;
  readonly askLines: AskLines;
}

/** What the lines of the file shown took; undefined until that is known, its `of` where the profile does not say. */
export function useSourceLines({
  profile,
  view,
  originals,
  func,
  place,
  lineCount,
  askLines,
}: Asked): { readonly of: SourceLines | undefined } | undefined {
  const [found, setFound] = useState<{ place: SourcePlace; of: SourceLines | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view may let in other samples
  useEffect(() => {
    if (place.kind === 'none' || lineCount === undefined) return;
    const gone = new AbortController();
    const find = async () => {
      const hits = await askLines(functionsBeside(profile, originals, func), func);
      const toShown = await shownLines(place, hits, gone.signal);
      if (!gone.signal.aborted) setFound({ place, of: toSourceLines(hits, lineCount, toShown) });
    };
    void find();
    return () => gone.abort();
  }, [profile, view, originals, func, place, lineCount, askLines]);
  return found?.place === place ? found : undefined;
}

/** Lines of what ran are those of its original only by the map. */
async function shownLines(
  place: SourcePlace & { readonly kind: 'file' },
  { file }: FileLines,
  signal: AbortSignal,
): Promise<ToShownLine> {
  const { original, sourceUrl, url } = place;
  if (original === undefined || file === undefined) return (line) => line;
  const lines = Array.from(file.line.subarray(0, MOST_LINES));
  const shown = new Map<number, number>();
  if (lines.length > 0) {
    const answer = await askOriginals(sourceUrl, [{ url, lines }], signal);
    const known = answer.kind === 'found' ? answer.value[0] : undefined;
    lines.forEach((line, at) => {
      const found = known?.lines[at];
      if (found && known.sources[found[0]] === original) shown.set(line, found[1]);
    });
  }
  return (line) => shown.get(line);
}
