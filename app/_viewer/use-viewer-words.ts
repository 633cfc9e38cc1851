'use client';

import { viewer } from '../_messages/en/viewer.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

export type ViewerWords = ReturnType<typeof viewer>;

const CATALOGUES: RoomCatalogues<ViewerWords> = { en: viewer };

export const useViewerWords = () => useRoomWords(CATALOGUES);
