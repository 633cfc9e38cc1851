import { FRAME_KIND } from '#profile/index.ts';
import type { OpenedProfile, ProfileSource } from '../loading/protocol.ts';
import { NOT_MAPPED, type OriginalFunctions } from './original-functions.ts';

/** Why there is no file to show. */
export type NoFile = 'state' | 'label' | 'native' | 'runtime' | 'wasm' | 'elsewhere' | 'local-file';

/** Where the source of a function is. */
export type SourcePlace =
  | {
      readonly kind: 'file';
      readonly sourceUrl: string;
      /** As the profile names it. */
      readonly url: string;
      /** What it was made of, where that is to be shown. */
      readonly original: string | undefined;
      /** Where the function begins in what is shown; 0 when not known. */
      readonly line: number;
      readonly capturedAt: string;
    }
  | { readonly kind: 'none'; readonly why: NoFile };

const FILE = /^(?:\/|file:|[A-Za-z]:[\\/])/;

/** Whether a URL of a profile can be that of a file on the service's disk. */
export const isFile = (url: string): boolean => FILE.test(url);

export function findSourcePlace(
  source: ProfileSource,
  profile: OpenedProfile,
  originals: OriginalFunctions | undefined,
  func: number,
): SourcePlace {
  const { functions, strings } = profile;
  const url = strings[functions.url[func] as number] ?? '';
  if (functions.kind[func] === FRAME_KIND.label) return { kind: 'none', why: 'label' };
  if (functions.kind[func] !== FRAME_KIND.code) return { kind: 'none', why: 'state' };
  if (url === '') return { kind: 'none', why: 'native' };
  if (url.startsWith('node:')) return { kind: 'none', why: 'runtime' };
  if (url.startsWith('wasm:')) return { kind: 'none', why: 'wasm' };
  if (!isFile(url)) return { kind: 'none', why: 'elsewhere' };
  if (source.from === 'file') return { kind: 'none', why: 'local-file' };
  const { sourceUrl, capturedAt } = source;
  if (sourceUrl === undefined) return { kind: 'none', why: 'elsewhere' };
  const at = originals?.source[func] ?? NOT_MAPPED;
  if (originals === undefined || at === NOT_MAPPED) {
    const line = functions.line[func] as number;
    return { kind: 'file', sourceUrl, url, original: undefined, line, capturedAt };
  }
  const original = originals.sources[at] ?? '';
  return { kind: 'file', sourceUrl, url, original, line: originals.line[func] as number, capturedAt };
}

/** 1 for each function that stands in the same file as this one. */
export function functionsBeside(
  { functions }: OpenedProfile,
  originals: OriginalFunctions | undefined,
  func: number,
): Uint8Array {
  const url = functions.url[func];
  const source = originals?.source[func] ?? NOT_MAPPED;
  return Uint8Array.from(functions.url, (other, at) =>
    other === url && (originals?.source[at] ?? NOT_MAPPED) === source ? 1 : 0,
  );
}
