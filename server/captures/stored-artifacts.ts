import type { Readable } from 'node:stream';
import { ArtifactNotAvailable, CaptureNotFound } from '../errors.ts';
import type { Artifact, Capture, CaptureId } from '../http/contract/index.ts';
import type { ArtifactFiles } from '../store/index.ts';
import { TextConverter } from './activity-text/text-converter.ts';
import type { CaptureLedger } from './capture-ledger.ts';
import type { ConversionThreads } from './conversion/conversion-threads.ts';
import { toFileName } from './file-name.ts';
import { PprofConverter } from './pprof/pprof-converter.ts';

export interface OpenArtifact {
  stream: Readable;
  /** Of the whole artifact, whatever the range. */
  sizeBytes: number;
  mediaType: string;
  fileName: string;
  sha256: string;
}

const PPROF = 'application/vnd.pprof+gzip';

/** The artifacts of complete captures, to be read: as they came, or converted. */
export class StoredArtifacts {
  readonly #ledger: CaptureLedger;
  readonly #files: ArtifactFiles;
  readonly #pprof: PprofConverter;
  readonly #text: TextConverter;

  constructor(ledger: CaptureLedger, files: ArtifactFiles, threads: ConversionThreads) {
    this.#ledger = ledger;
    this.#files = files;
    this.#pprof = new PprofConverter(threads);
    this.#text = new TextConverter(threads);
  }

  /** `range` is inclusive at both ends, within the artifact. @throws CaptureNotFound, ArtifactNotAvailable */
  async open(id: CaptureId, range?: { start: number; end: number }): Promise<OpenArtifact> {
    const { capture, artifact } = await this.#getComplete(id);
    const stream = await this.#files.openRead(id, range);
    const { sizeBytes, mediaType, sha256 } = artifact;
    return { stream, sizeBytes, mediaType, sha256, fileName: toFileName(capture, artifact) };
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy */
  async pprof(id: CaptureId, signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    const { capture, artifact } = await this.#getComplete(id);
    const bytes = await this.#pprof.convert(capture, artifact, this.#files.pathOf(id), signal);
    return { bytes, fileName: toFileName(capture, { mediaType: PPROF }) };
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy */
  async text(id: CaptureId, signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    const { capture, artifact } = await this.#getComplete(id);
    const bytes = await this.#text.convert(capture, artifact, this.#files.pathOf(id), signal);
    return { bytes, fileName: toFileName(capture, { mediaType: 'text/plain' }) };
  }

  async #getComplete(id: CaptureId): Promise<{ capture: Capture; artifact: Artifact }> {
    const capture = await this.#ledger.find(id);
    if (!capture) throw new CaptureNotFound(id);
    if (!capture.artifact) throw new ArtifactNotAvailable(id, capture.status.state);
    return { capture, artifact: capture.artifact };
  }
}
