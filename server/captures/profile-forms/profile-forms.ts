import type { Capture } from '../../http/contract/index.ts';

/** What a sampled profile can be had as, besides as it came. */
export type ProfileForm = 'pprof' | 'collapsed' | 'speedscope';

/** What such a file is, for the name of its download. */
export const MEDIA_TYPE_OF_FORM: Readonly<Record<ProfileForm, string>> = {
  pprof: 'application/vnd.pprof+gzip',
  collapsed: 'text/vnd.collapsed-stacks',
  speedscope: 'application/vnd.speedscope+json',
};

/** How one speaks of it. */
const NAMES: Readonly<Record<ProfileForm, string>> = {
  pprof: 'pprof form',
  collapsed: 'form as collapsed stacks',
  speedscope: 'form for speedscope',
};

/** What a sampler takes when it is not asked for anything else. */
const USUAL_MICROS = 1000;
const USUAL_BYTES = 512 * 1024;

const SAMPLED = [
  'application/vnd.v8.cpuprofile+json',
  'application/vnd.v8.heapprofile+json',
  'application/vnd.pprof+gzip',
];

/** What the other artifacts are, and what opens them. */
const OTHERS: Record<string, (form: string) => string> = {
  'application/vnd.v8.heapsnapshot+json': (form) =>
    `a heap snapshot holds objects, not samples, and has no ${form}; Chrome DevTools opens the artifact itself`,
  'application/vnd.opscenter.activity+json': (form) =>
    `a list of what is pending has no ${form}; the artifact itself is JSON`,
  'application/vnd.chrome.trace+json': (form) =>
    `a trace holds events, not samples, and has no ${form}; Perfetto opens the artifact itself`,
};

export const hasForms = (mediaType: string): boolean => SAMPLED.includes(mediaType);

/** Why there is none, and what to take instead. */
export function whyNoForm(mediaType: string, form: ProfileForm): string {
  return OTHERS[mediaType]?.(NAMES[form]) ?? `${mediaType} has no ${NAMES[form]}`;
}

/** What lies between two samples in the unit of the kind; undefined where the file itself says it. */
export function periodOf({ kind, options }: Capture): number | undefined {
  if (kind === 'cpu') return options.intervalMicros ?? USUAL_MICROS;
  if (kind === 'heap' || kind === 'allocation') return options.intervalBytes ?? USUAL_BYTES;
  return undefined;
}
