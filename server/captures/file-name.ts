import type { Artifact, Capture } from '../http/contract/index.ts';

const extensions: Record<string, string> = {
  'application/vnd.v8.cpuprofile+json': 'cpuprofile',
  'application/vnd.v8.heapprofile+json': 'heapprofile',
  'application/vnd.v8.heapsnapshot+json': 'heapsnapshot',
  'application/vnd.pprof+gzip': 'pb.gz',
  'text/vnd.collapsed-stacks': 'folded',
  'application/vnd.speedscope+json': 'speedscope.json',
  'application/vnd.opscenter.activity+json': 'activity.json',
  'application/vnd.chrome.trace+json': 'trace.json',
  'text/plain': 'txt',
};

/** What a download is called. Made of ids and times of our own, never of an agent's words. */
export function toFileName(
  { instanceId, kind, requestedAt }: Capture,
  { mediaType }: Pick<Artifact, 'mediaType'>,
): string {
  const time = requestedAt.replace(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  return `${instanceId}-${kind}-${time}.${extensions[mediaType] ?? 'bin'}`;
}
