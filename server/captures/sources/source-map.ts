import { AnyMap, decodedMappings, type SourceMapSegment, TraceMap } from '@jridgewell/trace-mapping';
import { readSourceFile, type SourceFile } from './read-source-file.ts';
import { SourceRefused } from './source-refused.ts';
import { type SourceRoot, toServicePath } from './source-roots.ts';

const MAX_MAP_BYTES = 32 * 1024 * 1024;
/** The comment stands at the end of a file, before other comments at most; further up the words may be part of the program. */
const COMMENT = /^(?:\/\/|\/\*)[#@]\s?sourceMappingURL=(\S+?)[ \t]*(?:\*\/)?(?:\r?\n\/\/[^\n]*)*\s*$/;
const DATA = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,/i;

/** Leads from a generated file to what it was made of. */
export interface SourceMap {
  readonly kind: 'inline' | 'adjacent';
  /** The segments of each line of the generated file, by column. */
  readonly lines: readonly (readonly SourceMapSegment[])[];
  readonly names: readonly unknown[];
  /** As far as they can be told, as the service would see them. */
  readonly sources: readonly (string | undefined)[];
  /** The text of a source that the map itself holds. */
  contentOf(source: number): string | undefined;
  /** When the map's own file was last changed; undefined for one within the generated file. */
  readonly modifiedAtMs: number | undefined;
}

/**
 * The map that a generated file names, or that lies beside it under its name. Nothing is ever fetched.
 *
 * @param url how the service calls the generated file
 * @throws SourceRefused when there is one that cannot be read or understood
 */
export function findSourceMap(
  roots: readonly SourceRoot[],
  url: string,
  { text }: SourceFile,
): SourceMap | undefined {
  const named = COMMENT.exec(text.slice(startOfComment(text)))?.[1];
  if (named === undefined) return findAdjacent(roots, url);
  const inline = DATA.exec(named);
  if (inline !== null) return parseMap(decodeInline(named, inline, url), url, url, 'inline', undefined);
  const mapUrl = resolveAgainst(named, url);
  if (mapUrl === undefined || toServicePath(mapUrl) === undefined)
    throw new SourceRefused(
      'map-unreadable',
      url,
      'it is not in a file, and nothing is fetched from elsewhere',
    );
  try {
    const file = readSourceFile(roots, mapUrl, 'map', MAX_MAP_BYTES);
    return parseMap(file.text, url, mapUrl, 'adjacent', file.modifiedAtMs);
  } catch (error) {
    throw asMapRefusal(error, url);
  }
}

function startOfComment(text: string): number {
  const words = text.lastIndexOf('sourceMappingURL=');
  if (words < 0) return text.length;
  return Math.max(text.lastIndexOf('//', words), text.lastIndexOf('/*', words), 0);
}

function findAdjacent(roots: readonly SourceRoot[], url: string): SourceMap | undefined {
  const mapUrl = `${url.replace(/[?#].*$/, '')}.map`;
  let file: SourceFile;
  try {
    file = readSourceFile(roots, mapUrl, 'map', MAX_MAP_BYTES);
  } catch (error) {
    if (error instanceof SourceRefused && error.reason === 'missing') return undefined;
    throw asMapRefusal(error, url);
  }
  return parseMap(file.text, url, mapUrl, 'adjacent', file.modifiedAtMs);
}

function asMapRefusal(error: unknown, url: string): unknown {
  if (!(error instanceof SourceRefused) || error.reason === 'map-unreadable') return error;
  return new SourceRefused('map-unreadable', url, error.why, { cause: error });
}

function decodeInline(named: string, [prefix, base64]: RegExpExecArray, url: string): string {
  const body = named.slice(prefix.length);
  if (base64) return Buffer.from(body, 'base64').toString();
  try {
    return decodeURIComponent(body);
  } catch (error) {
    throw new SourceRefused('map-unreadable', url, 'its encoding is broken', { cause: error });
  }
}

/** What stands beside a path is a path; undefined for what cannot be resolved. */
export function resolveAgainst(reference: string, base: string): string | undefined {
  if (base.startsWith('file:')) return URL.parse(reference, base)?.href;
  const resolved = URL.parse(reference, `file://${encodeURI(base)}`);
  if (resolved === null) return undefined;
  if (resolved.protocol !== 'file:') return resolved.href;
  try {
    return decodeURIComponent(resolved.pathname);
  } catch {
    return undefined;
  }
}

/** What a map may be; everything in it may be anything. */
interface MapJson {
  readonly version?: unknown;
  readonly sections?: unknown;
  readonly sources?: unknown;
  readonly sourcesContent?: unknown;
  readonly sourceRoot?: unknown;
  readonly names?: unknown;
  readonly mappings?: unknown;
}

function parseMap(
  text: string,
  url: string,
  mapUrl: string,
  kind: SourceMap['kind'],
  modifiedAtMs: number | undefined,
): SourceMap {
  const refuse = (why: string, cause?: unknown) => new SourceRefused('map-unreadable', url, why, { cause });
  let json: MapJson | null;
  try {
    // Servers may put this before JSON so that it cannot be run as a script.
    json = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, '')) as MapJson | null;
  } catch (error) {
    throw refuse('it is not JSON', error);
  }
  if (typeof json !== 'object' || json === null || json.version !== 3)
    throw refuse('it is not a source map of version 3');
  try {
    const map = trace(json);
    const lines = decodedMappings(map);
    return {
      kind,
      lines,
      names: map.names,
      sources: map.sources.map((source) => toSourceUrl(source, map.sourceRoot, mapUrl)),
      contentOf: (source) => {
        const content: unknown = map.sourcesContent?.[source];
        return typeof content === 'string' ? content : undefined;
      },
      modifiedAtMs,
    };
  } catch (error) {
    throw refuse('what it says is inconsistent', error);
  }
}

/** Only what is known to be of the right type is handed to the library. */
function trace(json: MapJson): TraceMap {
  if (json.sections !== undefined) return new AnyMap(JSON.stringify({ version: 3, sections: json.sections }));
  const { sources, names, mappings, sourcesContent, sourceRoot } = json;
  if (!Array.isArray(sources) || typeof mappings !== 'string') throw new TypeError('not a source map');
  return new TraceMap({
    version: 3,
    sources: sources.map((source: unknown) => (typeof source === 'string' ? source : null)),
    names: Array.isArray(names) ? (names as string[]) : [],
    mappings,
    ...(typeof sourceRoot === 'string' ? { sourceRoot } : {}),
    ...(Array.isArray(sourcesContent) ? { sourcesContent: sourcesContent as (string | null)[] } : {}),
  });
}

function toSourceUrl(
  source: string | null,
  sourceRoot: string | undefined,
  mapUrl: string,
): string | undefined {
  if (typeof source !== 'string' || source === '') return undefined;
  const root = sourceRoot ? `${sourceRoot.replace(/\/?$/, '/')}` : '';
  return resolveAgainst(/^[a-z][a-z0-9+.-]*:|^\//i.test(source) ? source : root + source, mapUrl) ?? source;
}
