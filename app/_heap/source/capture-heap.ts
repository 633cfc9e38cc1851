import type { CaptureId, HeapReply, HeapRequest, HeapState } from '#contract';
import type { HeapAnswer, HeapQuery } from '#profile/heap/query/heap-query.ts';
import { getJson, mutate } from '../../_data/api.ts';
import { type HeapSource, NOTHING_KNOWN, type OpeningProgress } from './heap-source.ts';
import { inTurn } from './in-turn.ts';

/**
 * The server refuses what goes far beyond the eight that its process is asked at once. A browser has six connections, and the rest of
 * the page asks as well.
 */
const MOST_ASKED = 4;

/** The snapshot of a capture, which a process of the server has open. */
export function captureHeapSource(id: CaptureId, earlier: CaptureId | undefined): HeapSource {
  const ask = inTurn(MOST_ASKED);
  return {
    key: earlier === undefined ? id : `${id} after ${earlier}`,
    ask: async <Query extends HeapQuery>(query: Query, signal: AbortSignal) => {
      const request = earlier === undefined || !isOfTwo(query) ? { query } : { query, earlier };
      const reply = await ask(
        () => mutate<HeapReply>('POST', `${pathOf(id)}/query`, request as HeapRequest, signal),
        signal,
      );
      return reply.answer as unknown as HeapAnswer<Query>;
    },
  };
}

/** Questions about what changed are about two snapshots. */
function isOfTwo({ ask }: HeapQuery): boolean {
  return ask.startsWith('compar');
}

export function beginOpening(id: CaptureId, signal: AbortSignal): Promise<HeapState> {
  return mutate<HeapState>('POST', `${pathOf(id)}/open`, {}, signal);
}

export function readOpening(id: CaptureId, signal: AbortSignal): Promise<HeapState> {
  return getJson<HeapState>(pathOf(id), signal);
}

/** For everybody who has it open: it is read for all at once. */
export function endOpening(id: CaptureId): Promise<HeapState> {
  return mutate<HeapState>('POST', `${pathOf(id)}/close`);
}

function pathOf(id: CaptureId): string {
  return `/captures/${encodeURIComponent(id)}/heap`;
}

export function progressOf(state: HeapState): OpeningProgress {
  if (state.state === 'waiting') return { ...NOTHING_KNOWN, phase: 'waiting', why: state.why };
  if (state.state !== 'opening') return NOTHING_KNOWN;
  return {
    phase: state.phase,
    why: undefined,
    share: state.share,
    remainingMs: state.remainingMs ?? undefined,
    memoryBytes: state.memoryBytes,
    isFromIndex: state.from === 'index',
  };
}
