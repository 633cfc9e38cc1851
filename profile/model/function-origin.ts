import { FRAME_KIND, type FrameKind } from './profile.ts';

/** Whose code a function is. */
export const ORIGIN = { own: 0, package: 1, runtime: 2, native: 3, garbageCollector: 4, idle: 5 } as const;
export type Origin = (typeof ORIGIN)[keyof typeof ORIGIN];

const PACKAGES = /[\\/]node_modules[\\/]/;

/** `native` is everything without a script: V8's and Node's own C++, and WebAssembly. */
export function originOf(url: string, kind: FrameKind): Origin {
  if (kind === FRAME_KIND.idle) return ORIGIN.idle;
  if (kind === FRAME_KIND.garbageCollector) return ORIGIN.garbageCollector;
  if (url === '' || url.startsWith('wasm:')) return ORIGIN.native;
  if (url.startsWith('node:')) return ORIGIN.runtime;
  return PACKAGES.test(url) ? ORIGIN.package : ORIGIN.own;
}

/** The innermost npm package whose file this is, with its scope; undefined for anything else. */
export function findPackage(url: string): string | undefined {
  const [name, second] = url.split(PACKAGES).at(-1)?.split(/[\\/]/) ?? [];
  if (!PACKAGES.test(url) || !name) return undefined;
  return name.startsWith('@') && second ? `${name}/${second}` : name;
}
