import { parentPort, workerData } from 'node:worker_threads';
import type { FileOriginals, OriginalsRequest, SourceText } from '../../http/contract/index.ts';
import { OriginalPlaces } from './original-places.ts';
import { readSourceFile } from './read-source-file.ts';
import { findSourceMap, type SourceMap } from './source-map.ts';
import { SourceRefused } from './source-refused.ts';
import type { SourceRoot } from './source-roots.ts';
import type { OriginalsAnswer, SourceTask, TextAnswer } from './source-tasks.ts';

/**
 * The thread that reads source files and their maps: one task, one answer. A map of megabytes takes long to parse, and may have
 * been made to take longer; here it holds up nobody but whoever asked.
 */

/** What is shown. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** What is only looked through for its map: bundles, and files with their maps within. */
const MAX_GENERATED_BYTES = 32 * 1024 * 1024;

type TextTask = Extract<SourceTask, { kind: 'text' }>;

function readText({ roots, url, original }: TextTask): SourceText {
  if (original !== undefined) return readOriginal(roots, url, original);
  const { text, modifiedAtMs } = readSourceFile(roots, url, 'source', MAX_TEXT_BYTES);
  return { url, original: null, text, modifiedAt: toInstant(modifiedAtMs) };
}

/** What the map itself holds is what was built; a file may have been changed since. */
function readOriginal(roots: readonly SourceRoot[], url: string, original: string): SourceText {
  const generated = readSourceFile(roots, url, 'source', MAX_GENERATED_BYTES);
  const map = findSourceMap(roots, url, generated);
  const source = map?.sources.indexOf(original) ?? -1;
  if (map === undefined || source < 0)
    throw new SourceRefused('missing', original, 'the source map does not name it');
  const content = map.contentOf(source);
  const builtAtMs = Math.max(generated.modifiedAtMs, map.modifiedAtMs ?? 0);
  if (content !== undefined) {
    if (Buffer.byteLength(content) > MAX_TEXT_BYTES)
      throw new SourceRefused(
        'unreadable',
        original,
        `it is larger than ${MAX_TEXT_BYTES / 1024 / 1024} MiB`,
      );
    return { url, original, text: content, modifiedAt: toInstant(builtAtMs) };
  }
  const file = readSourceFile(roots, original, 'source', MAX_TEXT_BYTES);
  return {
    url,
    original,
    text: file.text,
    modifiedAt: toInstant(Math.max(builtAtMs, file.modifiedAtMs)),
  };
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** One file that cannot be read keeps no other from being told. */
function findOriginals(roots: readonly SourceRoot[], file: OriginalsRequest['files'][number]): FileOriginals {
  const none = { url: file.url, map: null, trouble: null, sources: [], functions: [], lines: [] };
  try {
    const generated = readSourceFile(roots, file.url, 'source', MAX_GENERATED_BYTES);
    const map = findSourceMap(roots, file.url, generated);
    return map === undefined ? none : toOriginals(map, generated.text, file);
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error;
    return { ...none, trouble: { reason: error.reason, why: error.why } };
  }
}

/** Only the sources that are spoken of are named, by their place in the answer's own list. */
function toOriginals(map: SourceMap, text: string, file: OriginalsRequest['files'][number]): FileOriginals {
  const places = new OriginalPlaces(map, text);
  const sources: string[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (source: number): number => {
    const number = numbers.get(source) ?? sources.length;
    if (number === sources.length) sources.push(map.sources[source] ?? '');
    numbers.set(source, number);
    return number;
  };
  return {
    url: file.url,
    map: map.kind,
    trouble: null,
    functions: file.functions.map(([line, column, name]) => {
      const place = places.ofFunction(line, column, name);
      return place ? [numberOf(place.source), place.line, place.column, place.name ?? null] : null;
    }),
    lines: file.lines.map((line) => {
      const place = places.ofLine(line);
      return place ? [numberOf(place.source), place.line] : null;
    }),
    sources,
  };
}

function answer(task: SourceTask): TextAnswer | OriginalsAnswer {
  try {
    if (task.kind === 'text') return { kind: 'found', value: readText(task) };
    return { kind: 'found', value: task.files.map((file) => findOriginals(task.roots, file)) };
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error;
    return { kind: 'refused', reason: error.reason, file: error.file, why: error.why };
  }
}

parentPort?.postMessage(answer(workerData as SourceTask));
