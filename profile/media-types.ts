/** What files of sampled profiles are called, here and as artifacts; with `+gzip` at the end where they are packed. */
export const MEDIA_TYPES = {
  cpuProfile: 'application/vnd.v8.cpuprofile+json',
  heapProfile: 'application/vnd.v8.heapprofile+json',
  pprof: 'application/vnd.pprof',
  collapsed: 'text/vnd.collapsed-stacks',
  speedscope: 'application/vnd.speedscope+json',
  trace: 'application/vnd.chrome.trace+json',
} as const;
export type ProfileMediaType = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES];

/** What is added to the name of the type of a file that is packed. */
export const PACKED = '+gzip';
