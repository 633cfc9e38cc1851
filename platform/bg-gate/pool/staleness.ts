/** What was seen of a pod, asked on its own port and not through a connection of the pool. */
export type PodSight =
  /** Nobody listens there. */
  | { state: 'gone' }
  /** Somebody listens and says nothing, or nothing that can be read. */
  | { state: 'silent' }
  /** @property startedAt epoch milliseconds. */
  | { state: 'answers'; startedAt: number };

/** What is known of a connection, with the reason in a sentence. */
export type Verdict =
  | { state: 'healthy'; reason: string }
  /** One sign against it, which is no proof. */
  | { state: 'suspect'; reason: string }
  /** Proven: its other end is gone. */
  | { state: 'stale'; reason: string };

export interface ConnectionFacts {
  pod: string;
  createdAt: number;
  /** Pings in a row without an answer. */
  missedPongs: number;
}

/** One ping may be lost in a busy second. */
const PROVING_PONGS = 2;

/** A connection is stale when its peer's process is gone or younger than it, or when it missed two pongs in a row. */
export function judge({ pod, createdAt, missedPongs }: ConnectionFacts, sight: PodSight): Verdict {
  if (sight.state === 'gone')
    return { state: 'stale', reason: `Its pod is gone: nobody listens as ${pod} any more.` };
  if (sight.state === 'answers' && sight.startedAt > createdAt) {
    const seconds = ((sight.startedAt - createdAt) / 1000).toFixed(1);
    return {
      state: 'stale',
      reason: `It is older than its pod: ${pod} started at ${toClock(sight.startedAt)}, ${seconds} s after the connection was made.`,
    };
  }
  if (missedPongs >= PROVING_PONGS)
    return { state: 'stale', reason: `${pod} has not answered ${missedPongs} pings in a row over it.` };
  if (missedPongs > 0) return { state: 'suspect', reason: `${pod} has not answered a ping over it.` };
  return sight.state === 'answers'
    ? { state: 'healthy', reason: `It answers, and ${pod} runs since ${toClock(sight.startedAt)}.` }
    : { state: 'healthy', reason: 'It answers.' };
}

function toClock(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(11, 19)} UTC`;
}
