'use client';

import { timeChart } from '../../_messages/en/time-chart.ts';
import { type RoomCatalogues, useRoomWords } from '../../_messages/words.tsx';

export type TimeWords = ReturnType<typeof timeChart>;

const CATALOGUES: RoomCatalogues<TimeWords> = { en: timeChart };

export const useTimeWords = () => useRoomWords(CATALOGUES);
