import { ArtifactUnreadable } from '../../errors.ts';
import type { Artifact, Capture } from '../../http/contract/index.ts';
import type { ConversionThreads } from '../conversion/conversion-threads.ts';

const ACTIVITY = 'application/vnd.opscenter.activity+json';
const MAX_INPUT_BYTES = 32 * 1024 * 1024;
const SCRIPT = new URL('./text-thread.ts', import.meta.url);

/** Writes what was pending as text, to be read in a terminal. */
export class TextConverter {
  readonly #threads: ConversionThreads;

  constructor(threads: ConversionThreads) {
    this.#threads = threads;
  }

  /** @throws ArtifactUnreadable, ConversionBusy, the signal's reason */
  async convert(
    { id }: Capture,
    { mediaType, sizeBytes }: Artifact,
    path: string,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (mediaType !== ACTIVITY)
      throw new ArtifactUnreadable(id, `only what is pending (kind activity) has a text form`);
    if (sizeBytes > MAX_INPUT_BYTES)
      throw new ArtifactUnreadable(id, `it is larger than ${MAX_INPUT_BYTES / 1024 / 1024} MiB`);
    return await this.#threads.convert(SCRIPT, { path }, id, signal);
  }
}
