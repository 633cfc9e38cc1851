import { describe, expect, it } from 'vitest';
import { createFormats } from '../_format/formats.ts';
import { compare } from '../_messages/en/compare.ts';
import { changeSentence } from './change-sentence.ts';
import type { Scale } from './changes.ts';
import { changesOf } from './changes-of.ts';
import { comparedFromText } from './loading/compared-from-text.ts';

const words = compare(createFormats('en-GB', 'UTC')).sentence;
const row = (name: string, count: number) => Array(count).fill(name).join('  ');

function sentenceOf(before: string, after: string, scale: Scale): string {
  const { profile, view, label } = comparedFromText(before, after, scale);
  return changeSentence(
    {
      changes: changesOf(profile, view, 'self'),
      scale,
      wholes: view.wholes,
      leaveOut: view.tree.func[0],
      label,
      value: (amount) => (scale === 'shares' ? `${Math.round(amount * 100)} %` : `${amount / 1000} ms`),
      ofAll: 'of the time',
    },
    words,
  );
}

describe('what changed, in a sentence', () => {
  const before = `${row('parse', 150)}  ${row('draw', 50)}`;
  const after = `${row('parse', 50)}  ${row('draw', 150)}`;

  it('names what grew and what shrank most, with the numbers of both sides', () => {
    expect(sentenceOf(before, after, 'shares')).toBe(
      'draw grew most, from 25 % to 75 % of the time; parse shrank most, from 75 % to 25 %.',
    );
    expect(sentenceOf(before, after, 'amounts')).toBe(
      'draw grew most, from 50 ms to 150 ms; parse shrank most, from 150 ms to 50 ms.',
    );
  });

  it('names one alone where nothing went the other way', () => {
    expect(sentenceOf(row('parse', 50), `${row('parse', 50)}  ${row('draw', 90)}`, 'amounts')).toBe(
      'draw grew most, from 0 ms to 90 ms.',
    );
  });

  it('says that hardly anything differs rather than name what is chance', () => {
    expect(sentenceOf(before, before, 'shares')).toBe(words.same);
    expect(sentenceOf('a  b', 'b  b', 'shares')).toBe(words.same);
  });
});
