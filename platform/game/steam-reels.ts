import { pickIndex } from '../random.ts';
import type { Rules } from './rules.ts';

const SYMBOLS = ['gear', 'valve', 'boiler', 'airship', 'owl'] as const;
const REELS = 5;
/** Times the stake for so many equal symbols. */
const PAYS: Readonly<Record<number, number>> = { 3: 1, 4: 6, 5: 60 };

/** Five reels with five symbols; three or more equal ones pay. */
export const steamReels: Rules = (stakeCents, random) => {
  const shown = Array.from({ length: REELS }, () => SYMBOLS[pickIndex(random, SYMBOLS.length)] ?? 'gear');
  const most = Math.max(...SYMBOLS.map((symbol) => shown.filter((one) => one === symbol).length));
  return { winCents: stakeCents * (PAYS[most] ?? 0), shown };
};
