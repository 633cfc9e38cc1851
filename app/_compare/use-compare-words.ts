'use client';

import { compare } from '../_messages/en/compare.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

export type CompareWords = ReturnType<typeof compare>;

const CATALOGUES: RoomCatalogues<CompareWords> = { en: compare };

export const useCompareWords = () => useRoomWords(CATALOGUES);
