import { type Changes, type Scale, type Sides, toVerdict } from './changes.ts';
import type { CompareWords } from './use-compare-words.ts';

interface SentenceParts {
  readonly changes: Changes;
  readonly scale: Scale;
  /** All of each side, in the scale of the changes. */
  readonly wholes: Sides<number>;
  /** The root's function. */
  readonly leaveOut: number | undefined;
  label(func: number): string;
  value(amount: number): string;
  /** What shares are of. */
  readonly ofAll: string;
}

/** What changed, in a sentence of what was measured: what became most more and what most less by itself. */
export function changeSentence(parts: SentenceParts, words: CompareWords['sentence']): string {
  const { changes, scale, wholes, leaveOut } = parts;
  const whole = scale === 'shares' ? 1 : Math.max(wholes.before, wholes.after);
  const { more, less } = toVerdict(changes, whole, leaveOut);
  const say = (tell: CompareWords['sentence']['more'], func: number) =>
    tell(
      parts.label(func),
      parts.value(changes.before[func] as number),
      parts.value(changes.after[func] as number),
    );
  const ofAll = scale === 'shares' ? words.of(parts.ofAll) : '';
  if (more !== undefined && less !== undefined)
    return words.both(say(words.more, more), say(words.less, less), ofAll);
  if (more !== undefined) return words.one(say(words.more, more), ofAll);
  if (less !== undefined) return words.one(say(words.less, less), ofAll);
  return words.same;
}
