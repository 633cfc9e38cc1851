import {
  ArtifactUnreadable,
  SourceMapUnreadable,
  SourceNotFound,
  SourceNotInProfile,
  SourceOutsideRoots,
  SourcesNotConfigured,
  SourceUnreadable,
} from '../../errors.ts';
import type {
  Artifact,
  Capture,
  CaptureId,
  FileOriginals,
  OriginalsRequest,
  SourceQuery,
  SourceText,
} from '../../http/contract/index.ts';
import { type ConversionThreads, ThreadFailed } from '../conversion/conversion-threads.ts';
import type { SourceRoot } from './source-roots.ts';
import type { SourceAnswer, SourceTask, UrlsAnswer, UrlsTask } from './source-tasks.ts';

const URLS_SCRIPT = new URL('./urls-thread.ts', import.meta.url);
const SOURCE_SCRIPT = new URL('./source-thread.ts', import.meta.url);
/** Captures whose file names are remembered. */
const REMEMBERED = 16;

/** A capture with a profile, and where its file is. */
export interface ProfiledCapture {
  readonly capture: Capture;
  readonly artifact: Artifact;
  readonly path: string;
}

/**
 * The source of what was sampled. Three things must hold before a file is read: its profile names it, it lies below a directory
 * that the operator named (docs/adr/0013), and its name is one of source. Read and parsed it is in a thread with limits.
 */
export class CaptureSources {
  readonly #roots: readonly SourceRoot[];
  readonly #threads: ConversionThreads;
  readonly #urls = new Map<CaptureId, Promise<ReadonlySet<string>>>();

  constructor(roots: readonly SourceRoot[], threads: ConversionThreads) {
    this.#roots = roots;
    this.#threads = threads;
  }

  /**
   * @throws SourcesNotConfigured, SourceNotInProfile, SourceOutsideRoots, SourceNotFound, SourceUnreadable, SourceMapUnreadable,
   *   ArtifactUnreadable, ConversionBusy, the signal's reason
   */
  async text(
    profiled: ProfiledCapture,
    { url, original }: SourceQuery,
    signal: AbortSignal,
  ): Promise<SourceText> {
    await this.#check(profiled, [url], signal);
    return await this.#ask({ kind: 'text', roots: this.#roots, url, original }, url, profiled, signal);
  }

  /**
   * Where the functions and lines of generated files come from; a file that cannot be read is said so of in its own part.
   *
   * @throws SourcesNotConfigured, SourceNotInProfile, SourceUnreadable, ArtifactUnreadable, ConversionBusy, the signal's reason
   */
  async originals(
    profiled: ProfiledCapture,
    { files }: OriginalsRequest,
    signal: AbortSignal,
  ): Promise<FileOriginals[]> {
    const urls = files.map(({ url }) => url);
    await this.#check(profiled, urls, signal);
    const task: SourceTask = { kind: 'originals', roots: this.#roots, files };
    return await this.#ask(task, urls[0] ?? '', profiled, signal);
  }

  async #check(profiled: ProfiledCapture, urls: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.#roots.length === 0) throw new SourcesNotConfigured();
    const named = await this.#urlsOf(profiled, signal);
    for (const url of urls) if (!named.has(url)) throw new SourceNotInProfile(profiled.capture.id, url);
  }

  async #ask<Value>(
    task: SourceTask,
    file: string,
    { capture }: ProfiledCapture,
    signal: AbortSignal,
  ): Promise<Value> {
    const answer = await this.#threads
      .ask<SourceAnswer<Value>>(SOURCE_SCRIPT, task, capture.id, signal)
      .catch((error) => {
        throw error instanceof ThreadFailed ? new SourceUnreadable(file, error.why) : error;
      });
    if (answer.kind === 'refused') throw toError(answer);
    return answer.value;
  }

  /** Read once per capture, not once per request: the page asks several times in a row. */
  async #urlsOf(profiled: ProfiledCapture, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { id } = profiled.capture;
    const known = this.#urls.get(id);
    if (known !== undefined) {
      const urls = await known.catch(() => undefined);
      signal.throwIfAborted();
      if (urls !== undefined) return urls;
    }
    const reading = this.#readUrls(profiled, signal);
    this.#urls.delete(id);
    this.#urls.set(id, reading);
    reading.catch(() => this.#urls.get(id) === reading && this.#urls.delete(id));
    for (const oldest of this.#urls.keys()) {
      if (this.#urls.size <= REMEMBERED) break;
      this.#urls.delete(oldest);
    }
    return await reading;
  }

  async #readUrls(
    { capture, artifact, path }: ProfiledCapture,
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const task: UrlsTask = { path, mediaType: artifact.mediaType, kind: capture.kind };
    const answer = await this.#threads
      .ask<UrlsAnswer>(URLS_SCRIPT, task, capture.id, signal)
      .catch((error) => {
        throw error instanceof ThreadFailed ? new ArtifactUnreadable(capture.id, error.why) : error;
      });
    if (answer.kind === 'unreadable') throw new ArtifactUnreadable(capture.id, answer.why);
    return new Set(answer.urls);
  }
}

function toError({ reason, file, why }: Extract<SourceAnswer<unknown>, { kind: 'refused' }>): Error {
  switch (reason) {
    case 'outside':
      return new SourceOutsideRoots(file, why);
    case 'missing':
      return new SourceNotFound(file);
    case 'unreadable':
      return new SourceUnreadable(file, why);
    case 'map-unreadable':
      return new SourceMapUnreadable(file, why);
  }
}
