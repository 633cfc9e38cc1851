import { useEffect, useState } from 'react';
import type { FileLines } from '../loading/protocol.ts';
import type { AskLines } from '../loading/use-profile.ts';
import type { Subject } from '../state/subject.ts';
import { type SourceLines, type ToShownLine, toFunctionLines, toSourceLines } from './source-lines.ts';
import { functionsBeside, type SourcePlace } from './source-place.ts';
import { askOriginals } from './source-server.ts';

/** Lines that the server is asked about at once. */
const MOST_LINES = 5000;

interface Asked {
  readonly subject: Subject;
  readonly func: number;
  readonly place: SourcePlace;
  readonly lineCount: number | undefined;
  readonly askLines: AskLines;
}

/** What the lines of the file shown took, or its functions where lines are not known; undefined until that is there. */
export function useSourceLines({
  subject,
  func,
  place,
  lineCount,
  askLines,
}: Asked): SourceLines | undefined {
  const [found, setFound] = useState<{ readonly place: SourcePlace; readonly of: SourceLines }>();
  useEffect(() => {
    if (place.kind === 'none' || lineCount === undefined) return;
    const gone = new AbortController();
    const find = async () => {
      const { profile, originals } = subject;
      const beside = functionsBeside(profile, originals, func);
      const hits = await askLines(beside, func);
      const toShown = await shownLines(place, hits, gone.signal);
      if (gone.signal.aborted) return;
      const lines = toSourceLines(hits, lineCount, toShown);
      const isKnown = lines !== undefined && (lines.most > 0 || lines.unplaced === 0);
      setFound({
        place,
        of: isKnown ? lines : toFunctionLines(begunLines(subject, beside, func), lineCount),
      });
    };
    void find();
    return () => gone.abort();
  }, [subject, func, place, lineCount, askLines]);
  return found?.place === place ? found.of : undefined;
}

/** What each function of the file took itself, as it is shown. */
function begunLines({ shown, view, profile }: Subject, beside: Uint8Array, func: number) {
  const self = view.totals.self.map((value, at) => (beside[at] === 1 ? value : 0));
  return {
    line: shown.functions.line,
    self,
    own: { line: shown.functions.line[func] as number, self: self[func] as number },
    all: view.tree.total[0] as number,
    counted: profile.valueTypes[view.valueType] ?? { type: '', unit: '' },
  };
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
