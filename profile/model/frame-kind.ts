import { FRAME_KIND, type FrameKind } from './profile.ts';

export const ROOT_NAME = '(root)';

const KIND_OF_NAME = new Map<string, FrameKind>([
  [ROOT_NAME, FRAME_KIND.root],
  ['(program)', FRAME_KIND.program],
  ['(idle)', FRAME_KIND.idle],
  ['(garbage collector)', FRAME_KIND.garbageCollector],
]);

/** V8's own entries have no script; a function of a script may bear any name. */
export function frameKindOf(name: string, url: string): FrameKind {
  return url === '' ? (KIND_OF_NAME.get(name) ?? FRAME_KIND.code) : FRAME_KIND.code;
}
