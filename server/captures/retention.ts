import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import { StorageFull } from '../errors.ts';
import type { Capture } from '../http/contract/index.ts';
import type { ArtifactFiles, Clock } from '../store/index.ts';
import type { CaptureRows } from './capture-rows.ts';

export interface RetentionOptions {
  rows: CaptureRows;
  artifacts: ArtifactFiles;
  audit: AuditLog;
  clock: Clock;
  log: Logger;
  totalBytes: number;
  retentionMs: number;
  onDeleted(capture: Capture): void;
}

const SWEEP_MS = 60_000;
const AT_ONCE = 100;
/** What the database and everyone else on the disk keep for themselves. */
const RESERVE_BYTES = 64 * 1024 * 1024;

/** Decides what is deleted and when: by age, and the oldest first when there is too much. Never what is pinned. */
export class Retention implements AsyncDisposable {
  readonly #options: RetentionOptions;
  #timer: NodeJS.Timeout | undefined;
  #stored = { all: 0, pinned: 0 };
  #working: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Bytes of all artifacts. */
  get storedBytes(): number {
    return this.#stored.all;
  }

  async start(): Promise<void> {
    await this.sweep();
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  /** Counts anew what is stored, from the rows. */
  async recount(): Promise<void> {
    this.#stored = await this.#options.rows.storedBytes();
  }

  /** Before a capture is accepted. @throws StorageFull when it could not be kept anyway */
  async checkRoom(): Promise<void> {
    if (this.#stored.pinned >= this.#options.totalBytes) {
      throw new StorageFull('the pinned captures alone fill OPSCENTER_ARTIFACT_LIMIT_BYTES');
    }
    await this.#checkDisk(0);
  }

  /** Deletes the oldest until an artifact of this size fits. @throws StorageFull when it does not even then */
  async makeRoom(bytes: number): Promise<void> {
    await this.#queued(() => this.#deleteBeyond(this.#options.totalBytes - bytes));
    if (this.#stored.all + bytes > this.#options.totalBytes) {
      throw new StorageFull('what is pinned leaves too little of OPSCENTER_ARTIFACT_LIMIT_BYTES');
    }
    await this.#checkDisk(bytes);
  }

  /** Deletes what is too old or too much. What cannot be deleted now is tried again at the next sweep. */
  async sweep(): Promise<void> {
    await this.#queued(async () => {
      try {
        await this.#deleteOld();
        await this.#deleteBeyond(this.#options.totalBytes);
      } catch (error) {
        this.#options.log.error({ err: error }, 'retention could not do its work');
      }
    });
  }

  /** Row first: from then on the capture is gone, and its file an orphan at worst. @throws AuditUnavailable */
  async delete(capture: Capture, actor: string, reason: string): Promise<void> {
    const { rows, artifacts, audit } = this.#options;
    const detail = { reason, service: capture.service, kind: capture.kind };
    await audit.run({ actor, action: 'capture.delete', target: capture.id, detail }, async () => {
      await rows.delete(capture.id);
      await artifacts.remove(capture.id);
    });
    await this.recount();
    this.#options.onDeleted(capture);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  async #deleteOld(): Promise<void> {
    const endedBefore = this.#options.clock.now() - this.#options.retentionMs;
    for (;;) {
      const old = await this.#options.rows.expendable({ endedBefore }, AT_ONCE);
      for (const { id } of old) await this.#deleteById(id, 'too old');
      if (old.length < AT_ONCE) return;
    }
  }

  async #deleteBeyond(bytes: number): Promise<void> {
    await this.recount();
    while (this.#stored.all > bytes) {
      const [oldest] = await this.#options.rows.expendable({ withArtifact: true }, 1);
      if (!oldest) return;
      await this.#deleteById(oldest.id, 'too much is stored');
    }
  }

  async #deleteById(id: string, reason: string): Promise<void> {
    const capture = await this.#options.rows.find(id);
    if (capture) await this.delete(capture, 'retention', reason);
  }

  /** One after the other, so that two do not delete for the same bytes. */
  async #queued(work: () => Promise<void>): Promise<void> {
    const done = this.#working.then(work);
    this.#working = done.catch(() => {});
    await done;
  }

  async #checkDisk(bytes: number): Promise<void> {
    const free = await this.#options.artifacts.freeBytes();
    if (free >= bytes + RESERVE_BYTES) return;
    throw new StorageFull(`the disk of the data directory has ${Math.round(free / 1024 / 1024)} MiB left`);
  }
}
