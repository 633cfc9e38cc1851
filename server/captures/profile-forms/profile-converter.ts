import { ArtifactUnreadable } from '../../errors.ts';
import type { Artifact, Capture } from '../../http/contract/index.ts';
import type { ConversionThreads } from '../conversion/conversion-threads.ts';
import type { ConversionTask } from './conversion.ts';
import { hasForms, type ProfileForm, periodOf, whyNoForm } from './profile-forms.ts';

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const SCRIPT = new URL('./profile-thread.ts', import.meta.url);

/** Makes what other tools read out of artifacts. */
export class ProfileConverter {
  readonly #threads: ConversionThreads;

  constructor(threads: ConversionThreads) {
    this.#threads = threads;
  }

  /** @throws ArtifactUnreadable, ConversionBusy, the signal's reason */
  async convert(
    capture: Capture,
    artifact: Artifact,
    form: ProfileForm,
    path: string,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (!hasForms(artifact.mediaType))
      throw new ArtifactUnreadable(capture.id, whyNoForm(artifact.mediaType, form));
    return await this.#threads.convert(SCRIPT, toTask(capture, artifact, form, path), capture.id, signal);
  }
}

function toTask(capture: Capture, { mediaType }: Artifact, form: ProfileForm, path: string): ConversionTask {
  return {
    path,
    form,
    mediaType,
    kind: capture.kind,
    period: periodOf(capture),
    startedAtMs: Date.parse(capture.requestedAt),
    program: capture.service,
    comments: [
      `service ${capture.service} ${capture.serviceVersion}`,
      `instance ${capture.instanceName} (${capture.instanceId})`,
      `capture ${capture.id}, thread ${capture.thread}`,
    ],
    maxOutputBytes: MAX_OUTPUT_BYTES,
  };
}
