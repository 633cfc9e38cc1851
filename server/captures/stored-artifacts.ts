import type { Readable } from 'node:stream';
import { ArtifactNotAvailable, CaptureNotFound } from '../errors.ts';
import type {
  Artifact,
  Capture,
  CaptureId,
  FileOriginals,
  OriginalsRequest,
  SourceQuery,
  SourceText,
} from '../http/contract/index.ts';
import type { ArtifactFiles } from '../store/index.ts';
import { TextConverter } from './activity-text/text-converter.ts';
import type { CaptureLedger } from './capture-ledger.ts';
import type { ConversionThreads } from './conversion/conversion-threads.ts';
import { toFileName } from './file-name.ts';
import { ProfileConverter } from './profile-forms/profile-converter.ts';
import { MEDIA_TYPE_OF_FORM, type ProfileForm } from './profile-forms/profile-forms.ts';
import { CaptureSources, type ProfiledCapture } from './sources/capture-sources.ts';
import type { SourceRoot } from './sources/source-roots.ts';

export interface OpenArtifact {
  stream: Readable;
  /** Of the whole artifact, whatever the range. */
  sizeBytes: number;
  mediaType: string;
  fileName: string;
  sha256: string;
}

/** The artifacts of complete captures, to be read: as they came, or converted. */
export class StoredArtifacts {
  readonly #ledger: CaptureLedger;
  readonly #files: ArtifactFiles;
  readonly #profiles: ProfileConverter;
  readonly #text: TextConverter;
  readonly #sources: CaptureSources;

  constructor(
    ledger: CaptureLedger,
    files: ArtifactFiles,
    threads: ConversionThreads,
    sources: readonly SourceRoot[],
  ) {
    this.#ledger = ledger;
    this.#files = files;
    this.#profiles = new ProfileConverter(threads);
    this.#text = new TextConverter(threads);
    this.#sources = new CaptureSources(sources, threads);
  }

  /** `range` is inclusive at both ends, within the artifact. @throws CaptureNotFound, ArtifactNotAvailable */
  async open(id: CaptureId, range?: { start: number; end: number }): Promise<OpenArtifact> {
    const { capture, artifact } = await this.#getComplete(id);
    const stream = await this.#files.openRead(id, range);
    const { sizeBytes, mediaType, sha256 } = artifact;
    return { stream, sizeBytes, mediaType, sha256, fileName: toFileName(capture, artifact) };
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy */
  async profile(
    id: CaptureId,
    form: ProfileForm,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; fileName: string }> {
    const { capture, artifact } = await this.#getComplete(id);
    const bytes = await this.#profiles.convert(capture, artifact, form, this.#files.pathOf(id), signal);
    return { bytes, fileName: toFileName(capture, { mediaType: MEDIA_TYPE_OF_FORM[form] }) };
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy */
  async text(id: CaptureId, signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    const { capture, artifact } = await this.#getComplete(id);
    const bytes = await this.#text.convert(capture, artifact, this.#files.pathOf(id), signal);
    return { bytes, fileName: toFileName(capture, { mediaType: 'text/plain' }) };
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, and what `CaptureSources` throws */
  async source(id: CaptureId, query: SourceQuery, signal: AbortSignal): Promise<SourceText> {
    return await this.#sources.text(await this.#getProfiled(id), query, signal);
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, and what `CaptureSources` throws */
  async originals(id: CaptureId, asked: OriginalsRequest, signal: AbortSignal): Promise<FileOriginals[]> {
    return await this.#sources.originals(await this.#getProfiled(id), asked, signal);
  }

  async #getProfiled(id: CaptureId): Promise<ProfiledCapture> {
    return { ...(await this.#getComplete(id)), path: this.#files.pathOf(id) };
  }

  async #getComplete(id: CaptureId): Promise<{ capture: Capture; artifact: Artifact }> {
    const capture = await this.#ledger.find(id);
    if (!capture) throw new CaptureNotFound(id);
    if (!capture.artifact) throw new ArtifactNotAvailable(id, capture.status.state);
    return { capture, artifact: capture.artifact };
  }
}
