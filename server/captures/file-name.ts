import type { Artifact, Capture } from '../http/contract/index.ts';

const extensions: Record<string, string> = {
  'application/vnd.v8.cpuprofile+json': 'cpuprofile',
};

/** What a download is called. Made of ids and times of our own, never of an agent's words. */
export function toFileName({ instanceId, kind, requestedAt }: Capture, { mediaType }: Artifact): string {
  const time = requestedAt.replace(/[-:]/g, '').replace(/\.\d+Z$/, 'Z');
  return `${instanceId}-${kind}-${time}.${extensions[mediaType] ?? 'bin'}`;
}
