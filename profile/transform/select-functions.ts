import { findPackage, originOf } from '../model/function-origin.ts';
import { FRAME_KIND, type FrameKind, type Profile } from '../model/profile.ts';
import { findFunction } from './function-name.ts';
import type { FrameSelector } from './transform.ts';

/** 1 for each function whose frames are meant. The root, which is every stack's, never is; the value of a label only by name. */
export function selectFunctions(profile: Profile, selector: FrameSelector): Uint8Array {
  const { functions } = profile;
  if (selector.by === 'function') {
    const selected = new Uint8Array(functions.length);
    const func = findFunction(profile, selector.function);
    if (func !== undefined && functions.kind[func] !== FRAME_KIND.root) selected[func] = 1;
    return selected;
  }
  const test = testOf(selector);
  const kinds = Object.keys(FRAME_KIND).length;
  /** Urls are asked once per kind of frame, not once per function: 0 is not asked yet. */
  const answers = new Uint8Array(profile.strings.length * kinds);
  return Uint8Array.from(functions.url, (url, func) => {
    const kind = functions.kind[func] as FrameKind;
    if (kind === FRAME_KIND.root || kind === FRAME_KIND.label) return 0;
    const at = url * kinds + kind;
    if (answers[at] === 0) answers[at] = test(profile.strings[url] ?? '', kind) ? 2 : 1;
    return answers[at] === 2 ? 1 : 0;
  });
}

function testOf(
  selector: Exclude<FrameSelector, { by: 'function' }>,
): (url: string, kind: FrameKind) => boolean {
  switch (selector.by) {
    case 'file':
      return (url) => url === selector.url;
    case 'package':
      return (url) => findPackage(url) === selector.name;
    case 'origin':
      return (url, kind) => originOf(url, kind) === selector.origin;
  }
}
