/** Every limit of patience in the life of a capture; each has an end, whatever the agent does. */
export interface CaptureTimes {
  /** From the call to the first progress. */
  startingMs: number;
  /** For a thread that is in a native call. */
  waitingMs: number;
  /** Beyond the duration that was asked for. */
  recordingGraceMs: number;
  writingMs: number;
  /** The same for kinds that look once: their artifact is the whole of what they find. */
  wholeWritingMs: number;
  transferMs: number;
  /** Beyond `transferMs`, for each byte of the artifact at this rate. */
  slowestBytesPerSecond: number;
  /** Between two messages. Agents send one a second. */
  silenceMs: number;
  /** How long an interrupted capture waits for its instance. */
  giveUpMs: number;
  /** Between an attempt that failed and the next. */
  againMs: number;
  /** What the agent is asked to keep a capture for. */
  leaseMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const captureTimes: CaptureTimes = {
  startingMs: 30 * SECOND,
  waitingMs: 15 * MINUTE,
  recordingGraceMs: 30 * SECOND,
  writingMs: 2 * MINUTE,
  wholeWritingMs: 15 * MINUTE,
  transferMs: MINUTE,
  slowestBytesPerSecond: 128 * 1024,
  silenceMs: 10 * SECOND,
  giveUpMs: 2 * MINUTE,
  againMs: 400,
  leaseMs: 10 * MINUTE,
};

/** Attempts in a row that bring nothing new, and interruptions in all, before it is no use. */
export const FRUITLESS_ATTEMPTS = 5;
export const INTERRUPTIONS = 50;
