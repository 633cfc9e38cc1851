'use client';

import { heap } from '../_messages/en/heap.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

const CATALOGUES: RoomCatalogues<ReturnType<typeof heap>> = { en: heap };

export const useHeapWords = () => useRoomWords(CATALOGUES);
export type HeapWords = ReturnType<typeof useHeapWords>;
