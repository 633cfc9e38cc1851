import type { Capture } from '#contract';
import { artifactSourceOf } from '../_capture/artifact-source.ts';
import type { ArtifactSource, FileSource } from '../_viewer/loading/protocol.ts';
import type { Scale, Sides } from './changes.ts';

/** What stands on one side of a comparison: a capture, several that are taken together, or a file of the reader's own. */
export type Side =
  | { readonly kind: 'captures'; readonly captures: readonly Capture[] }
  | { readonly kind: 'file'; readonly file: File };

export function sourcesOf(side: Side): (ArtifactSource | FileSource)[] {
  if (side.kind === 'captures') return side.captures.map(artifactSourceOf);
  const { file } = side;
  return [{ from: 'file', file, fileName: file.name, sizeBytes: file.size }];
}

/** How much longer one recording may be than the other before their amounts say more of the recordings than of the service. */
const LONGER = 1.1;

/** What is compared unless the reader says otherwise: amounts where both sides were recorded alike, else shares. */
export function usualScale({ before, after }: Sides<Side>): Scale {
  if (before.kind === 'file' || after.kind === 'file') return 'shares';
  if (before.captures.length !== after.captures.length) return 'shares';
  // What is in use is so whatever time was looked at.
  if (before.captures[0]?.kind === 'heap') return 'amounts';
  const [one, other] = [secondsOf(before.captures), secondsOf(after.captures)];
  return Math.max(one, other) <= LONGER * Math.min(one, other) ? 'amounts' : 'shares';
}

/** What they recorded, all together. */
export function secondsOf(captures: readonly Capture[]): number {
  return captures.reduce(
    (sum, { artifact, durationSeconds }) => sum + (artifact?.recordedSeconds ?? durationSeconds),
    0,
  );
}

/** What tells the sides apart in a sentence; undefined where nothing that they are called does. */
export function distinguish({
  before,
  after,
}: Sides<Side>): 'file' | 'instance' | 'version' | 'time' | 'count' {
  if (before.kind === 'file' || after.kind === 'file') return 'file';
  const [one, ...others] = before.captures;
  const [other, ...furtherOthers] = after.captures;
  if (others.length > 0 || furtherOthers.length > 0) return 'count';
  if (one?.service === other?.service && one?.serviceVersion !== other?.serviceVersion) return 'version';
  return one?.instanceId === other?.instanceId ? 'time' : 'instance';
}
