'use client';

import { open } from '../_messages/en/open.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

const CATALOGUES: RoomCatalogues<ReturnType<typeof open>> = { en: open };

export const useOpenWords = () => useRoomWords(CATALOGUES);
