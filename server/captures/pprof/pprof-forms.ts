import type { Capture } from '../../http/contract/index.ts';

/** What a sampler takes when it is not asked for anything else. */
const USUAL_MICROS = 1000;
const USUAL_BYTES = 512 * 1024;

const SAMPLED = [
  'application/vnd.v8.cpuprofile+json',
  'application/vnd.v8.heapprofile+json',
  'application/vnd.pprof+gzip',
];

/** What the other artifacts are, and what opens them. */
const OTHERS: Record<string, string> = {
  'application/vnd.v8.heapsnapshot+json':
    'a heap snapshot holds objects, not samples, and has no pprof form; Chrome DevTools opens the artifact itself',
  'application/vnd.opscenter.activity+json':
    'a list of what is pending has no pprof form; the artifact itself is JSON',
  'application/vnd.chrome.trace+json':
    'a trace holds events, not samples, and has no pprof form; Perfetto opens the artifact itself',
};

export const hasPprofForm = (mediaType: string): boolean => SAMPLED.includes(mediaType);

/** Why there is none, and what to take instead. */
export function whyNoPprof(mediaType: string): string {
  return OTHERS[mediaType] ?? `${mediaType} has no pprof form`;
}

/** What lies between two samples in the unit of the kind; undefined where the file itself says it. */
export function periodOf({ kind, options }: Capture): number | undefined {
  if (kind === 'cpu') return options.intervalMicros ?? USUAL_MICROS;
  if (kind === 'heap' || kind === 'allocation') return options.intervalBytes ?? USUAL_BYTES;
  return undefined;
}
