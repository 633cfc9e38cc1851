/** What a key in the timeline asks for. */
export type TimelineWish =
  | { readonly kind: 'along' | 'extend'; readonly by: 1 | -1 }
  | { readonly kind: 'across'; readonly by: 1 | -1 }
  | { readonly kind: 'match'; readonly by: 1 | -1 }
  /** By a share of what is seen. */
  | { readonly kind: 'pan'; readonly by: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'whole' | 'zoom-here' | 'select-here' | 'select-seen' | 'fold' | 'clear' };

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAN_STEP = 0.8;
const SMALL_PAN_STEP = 0.1;

/** Undefined for keys that mean nothing here. */
export function toTimelineWish(press: Press): TimelineWish | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  switch (press.key) {
    case 'ArrowLeft':
      return { kind: press.shiftKey ? 'extend' : 'along', by: -1 };
    case 'ArrowRight':
      return { kind: press.shiftKey ? 'extend' : 'along', by: 1 };
    case 'ArrowUp':
      return { kind: 'across', by: -1 };
    case 'ArrowDown':
      return { kind: 'across', by: 1 };
    case 'PageUp':
      return { kind: 'pan', by: -PAN_STEP };
    case 'PageDown':
      return { kind: 'pan', by: PAN_STEP };
    case 'a':
      return { kind: 'pan', by: -SMALL_PAN_STEP };
    case 'd':
      return { kind: 'pan', by: SMALL_PAN_STEP };
    case '+':
    case '=':
    case 'w':
      return { kind: 'zoom', factor: 0.5 };
    case '-':
    case 's':
      return { kind: 'zoom', factor: 2 };
    case '0':
    case 'Home':
      return { kind: 'whole' };
    case 'Enter':
      return { kind: 'zoom-here' };
    case ' ':
    case 'm':
      return { kind: 'select-here' };
    case 'r':
      return { kind: 'select-seen' };
    case 'f':
      return { kind: 'fold' };
    case 'Escape':
      return { kind: 'clear' };
    case 'n':
      return { kind: 'match', by: 1 };
    case 'N':
      return { kind: 'match', by: -1 };
    default:
      return undefined;
  }
}
