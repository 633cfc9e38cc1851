import { pickIndex, type Random } from '../random.ts';
import type { Rules } from './rules.ts';

const NUMBERS = 75;
const CARD_SIZE = 24;
const DRAWN = 40;
/** From so many hits on, each one more doubles the win. */
const FIRST_WINNING_HITS = 15;

/** A card of 24 numbers against 40 of 75 drawn. */
export const bingo: Rules = (stakeCents, random) => {
  const card = new Set(draw(CARD_SIZE, random));
  const hits = draw(DRAWN, random).filter((number) => card.has(number));
  const beyond = hits.length - FIRST_WINNING_HITS;
  return { winCents: beyond < 0 ? 0 : stakeCents * 2 ** beyond, shown: hits.map(String) };
};

/** Distinct numbers from 1, by the first steps of a Fisher-Yates shuffle. */
function draw(count: number, random: Random): number[] {
  const numbers = Array.from({ length: NUMBERS }, (_, index) => index + 1);
  for (let index = 0; index < count; index++) {
    const other = index + pickIndex(random, NUMBERS - index);
    [numbers[index], numbers[other]] = [numbers[other] ?? 0, numbers[index] ?? 0];
  }
  return numbers.slice(0, count);
}
