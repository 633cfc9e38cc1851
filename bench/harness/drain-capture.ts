import type { AgentClient } from '../../agent/testing/agent-client.ts';
import type {
  ArtifactInfo,
  CaptureFailed,
  CaptureKind,
  CollectPerformanceDataResponse,
} from '../../proto/gen/opscenter/v1/capture_pb.ts';

export interface Drained {
  artifact: ArtifactInfo | undefined;
  failed: CaptureFailed | undefined;
  /** The artifact's first bytes. */
  head: string;
}

/** Takes a capture to its end and keeps nothing of its artifact, which may be larger than what fits into memory. */
export async function drainCapture(
  client: AgentClient,
  captureId: string,
  kind: CaptureKind,
): Promise<Drained> {
  const drained: Drained = { artifact: undefined, failed: undefined, head: '' };
  const stream = client.openCollect({ captureId, kind });
  for await (const { event } of stream as AsyncIterable<CollectPerformanceDataResponse>) {
    if (event.case === 'artifact') drained.artifact = event.value;
    if (event.case === 'failed') drained.failed = event.value;
    if (event.case === 'chunk' && drained.head === '') {
      drained.head = Buffer.from(event.value.data).toString('latin1', 0, 4096);
    }
  }
  if (!drained.failed) await client.release(captureId);
  return drained;
}
