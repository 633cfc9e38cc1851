import type { Artifact } from '../http/contract/index.ts';
import type { ArtifactReceiver } from '../store/index.ts';
import { CaptureFailure, StreamBroken } from './capture-failure.ts';
import { progressOf } from './capture-state.ts';
import type { LiveCapture } from './live-capture.ts';
import type { RunHost } from './run-host.ts';

/**
 * The file of one capture while it comes in. It is the same one over all interruptions, and after a restart of
 * the server it goes on where the earlier process left it.
 */
export class ArtifactArrival {
  readonly #live: LiveCapture;
  readonly #host: RunHost;
  #receiver: ArtifactReceiver | undefined;
  /** What the file began with was written by an earlier process. */
  #isFromDisk: boolean;
  /** Bytes of chunks that have crossed the network; null when nobody knows what crossed before a restart. */
  #transferredBytes: number | null;

  /** `resumed`: an earlier process may have left something. */
  constructor(live: LiveCapture, host: RunHost, resumed: boolean) {
    this.#live = live;
    this.#host = host;
    this.#isFromDisk = resumed && progressOf(live.status) === 'transferring';
    this.#transferredBytes = this.#isFromDisk ? null : 0;
  }

  /** A chunk of so many bytes has come over the network. */
  crossed(bytes: number): void {
    if (this.#transferredBytes !== null) this.#transferredBytes += bytes;
  }

  /** @throws StorageFull, StorageFailed */
  async open(artifact: Artifact): Promise<ArtifactReceiver> {
    if (this.#receiver) return this.#receiver;
    const receiver = await this.#host.artifacts.receive(this.#live.id, { continues: this.#isFromDisk });
    if (receiver.offset > artifact.sizeBytes) {
      await receiver.discard();
      this.#isFromDisk = false;
      return await this.open(artifact);
    }
    this.#isFromDisk &&= receiver.offset > 0;
    this.#receiver = receiver;
    return receiver;
  }

  /** Whether an earlier process has received every byte, so that nobody needs to be asked. */
  async isWhole(): Promise<boolean> {
    const { announced } = this.#live;
    if (!this.#isFromDisk || !announced) return false;
    const receiver = await this.open(announced);
    return receiver.offset === announced.sizeBytes;
  }

  /**
   * Makes the artifact durable if it is what was announced.
   *
   * @throws CaptureFailure when it is not; StreamBroken when only what the disk had kept may be at fault, and it
   *   is to be read once more; StorageFull, StorageFailed, UnreadableChunk
   */
  async commit(): Promise<void> {
    const { announced } = this.#live;
    const receiver = this.#receiver;
    if (!announced || !receiver) throw new TypeError('nothing was received');
    const result = await receiver.commit(announced);
    if (result.kind === 'committed') {
      this.#receiver = undefined;
      this.#live.announced = { ...announced, transferredBytes: this.#transferredBytes };
      return;
    }
    if (!this.#isFromDisk) {
      throw new CaptureFailure(
        'artifact-mismatch',
        `The bytes that came have the SHA-256 ${result.sha256}; the agent announced ${announced.sha256}.`,
      );
    }
    await receiver.discard();
    this.#receiver = undefined;
    this.#isFromDisk = false;
    throw new StreamBroken('What was kept from before the restart is damaged.');
  }

  /** Leaves what there is to a later process. */
  async suspend(): Promise<void> {
    await this.#receiver?.suspend();
  }

  async discard(): Promise<void> {
    await this.#receiver?.discard();
    await this.#host.artifacts.remove(this.#live.id).catch((error) => {
      this.#host.log.warn({ err: error, capture: this.#live.id }, 'what was received could not be deleted');
    });
  }
}
