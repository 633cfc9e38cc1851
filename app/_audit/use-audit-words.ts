'use client';

import { audit } from '../_messages/en/audit.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

const CATALOGUES: RoomCatalogues<ReturnType<typeof audit>> = { en: audit };

export const useAuditWords = () => useRoomWords(CATALOGUES);
