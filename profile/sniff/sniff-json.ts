import { MEDIA_TYPES, type ProfileMediaType } from '../media-types.ts';
import { outlineJson } from './json-outline.ts';

/** What a file is that is no sampled profile, as the rest of a sentence that begins with "it". */
export interface OtherFile {
  readonly instead: string;
}

type Found = ProfileMediaType | OtherFile;

/** It has a reader of its own, in `heap/`. */
export const HEAP_SNAPSHOT: OtherFile = { instead: 'is a V8 heap snapshot: it holds objects, not samples' };

/** Each by keys that no other has, the surest first. */
const BY_KEYS: readonly (readonly [keys: readonly string[], found: Found])[] = [
  [['traceEvents'], MEDIA_TYPES.trace],
  [['[].ph'], MEDIA_TYPES.trace],
  [['shared', 'profiles'], MEDIA_TYPES.speedscope],
  [['snapshot.meta'], HEAP_SNAPSHOT],
  [['nodes[].callFrame'], MEDIA_TYPES.cpuProfile],
  [['nodes', 'samples', 'timeDeltas'], MEDIA_TYPES.cpuProfile],
  [['head.callFrame'], MEDIA_TYPES.heapProfile],
  [['head.functionName'], { instead: 'is a CPU profile of a V8 before 2016, whose form is no longer read' }],
  [['meta', 'threads'], { instead: 'is a profile of the Firefox Profiler, which opens it' }],
  [['shared'], MEDIA_TYPES.speedscope],
  [['profiles'], MEDIA_TYPES.speedscope],
];

/** Where what matters comes late in the file, or not at all. */
const BY_NAME: readonly (readonly [ending: RegExp, found: Found])[] = [
  [/\.cpuprofile$/i, MEDIA_TYPES.cpuProfile],
  [/\.heapprofile$/i, MEDIA_TYPES.heapProfile],
  [/\.speedscope(\.json)?$/i, MEDIA_TYPES.speedscope],
  [/trace[^/]*\.json$/i, MEDIA_TYPES.trace],
  [/\.heap(snapshot|timeline)$/i, HEAP_SNAPSHOT],
];

export function sniffJson(beginning: Uint8Array, fileName: string): Found {
  const paths = outlineJson(beginning);
  const byKeys = BY_KEYS.find(([keys]) => keys.every((key) => paths.has(key)));
  if (byKeys !== undefined) return byKeys[1];
  const byName = BY_NAME.find(([ending]) => ending.test(fileName));
  return byName?.[1] ?? { instead: 'is JSON, but has the keys of no profile' };
}
