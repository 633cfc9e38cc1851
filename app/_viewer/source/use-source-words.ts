'use client';

import { viewerSource } from '../../_messages/en/viewer-source.ts';
import { type RoomCatalogues, useRoomWords } from '../../_messages/words.tsx';

type SourceWords = ReturnType<typeof viewerSource>;

const CATALOGUES: RoomCatalogues<SourceWords> = { en: viewerSource };

export const useSourceWords = () => useRoomWords(CATALOGUES);
