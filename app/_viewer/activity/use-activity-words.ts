'use client';

import { activity } from '../../_messages/en/activity.ts';
import { type RoomCatalogues, useRoomWords } from '../../_messages/words.tsx';

type ActivityWords = ReturnType<typeof activity>;

const CATALOGUES: RoomCatalogues<ActivityWords> = { en: activity };

export const useActivityWords = () => useRoomWords(CATALOGUES);
