import type { Step } from '../flame/navigation.ts';

/** What a key in the picture asks for. */
export type KeyWish =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'match'; readonly by: 1 | -1 }
  | { readonly kind: 'zoom-here' | 'show-all' | 'root' | 'closer' | 'farther' };

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Up and down go where they point: with the root below, callees are above. */
export function toKeyWish(press: Press, rootBelow: boolean): KeyWish | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  switch (press.key) {
    case 'ArrowUp':
      return { kind: 'step', step: rootBelow ? 'callee' : 'caller' };
    case 'ArrowDown':
      return { kind: 'step', step: rootBelow ? 'caller' : 'callee' };
    case 'ArrowLeft':
      return { kind: 'step', step: 'left' };
    case 'ArrowRight':
      return { kind: 'step', step: 'right' };
    case 'Enter':
    case ' ':
      return { kind: 'zoom-here' };
    case 'Escape':
    case '0':
      return { kind: 'show-all' };
    case 'Home':
      return { kind: 'root' };
    case '+':
    case '=':
      return { kind: 'closer' };
    case '-':
      return { kind: 'farther' };
    case 'n':
      return { kind: 'match', by: 1 };
    case 'N':
      return { kind: 'match', by: -1 };
    default:
      return undefined;
  }
}
