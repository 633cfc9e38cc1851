/**
 * The parts of V8's CPU profile that the agent looks at.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile
 */
export interface CpuProfile {
  /** Microseconds of V8's own clock. */
  startTime: number;
  endTime: number;
  [key: string]: unknown;
}

const elementsPerPiece = 4096;

export function parseCpuProfile(reply: unknown): CpuProfile {
  const profile = (reply as { profile?: Partial<CpuProfile> } | undefined)?.profile;
  if (typeof profile?.startTime !== 'number' || typeof profile.endTime !== 'number') {
    throw new TypeError('The recorder returned no profile.');
  }
  return profile as CpuProfile;
}

/** The profile's JSON in pieces, so that neither one huge text nor a long pause of this thread is needed. */
export function* toJsonPieces(profile: object): Generator<string> {
  let separator = '{';
  for (const [key, value] of Object.entries(profile)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    if (Array.isArray(value)) yield* toArrayPieces(value);
    else yield JSON.stringify(value);
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}

/** An array's JSON in pieces. */
export function* toArrayPieces(values: readonly unknown[]): Generator<string> {
  yield '[';
  for (let from = 0; from < values.length; from += elementsPerPiece) {
    const piece = JSON.stringify(values.slice(from, from + elementsPerPiece)).slice(1, -1);
    yield from === 0 ? piece : `,${piece}`;
  }
  yield ']';
}
