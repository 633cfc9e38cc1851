/** What an artifact is downloaded as, by its media type; the server names its files alike. */
const ENDINGS: Record<string, string> = {
  'application/vnd.v8.cpuprofile+json': 'cpuprofile',
  'application/vnd.v8.heapprofile+json': 'heapprofile',
  'application/vnd.v8.heapsnapshot+json': 'heapsnapshot',
  'application/vnd.pprof+gzip': 'pb.gz',
  'application/vnd.opscenter.activity+json': 'activity.json',
  'application/vnd.chrome.trace+json': 'trace.json',
};

export const endingOf = (mediaType: string): string => ENDINGS[mediaType] ?? 'bin';
