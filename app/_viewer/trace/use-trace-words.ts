'use client';

import { trace } from '../../_messages/en/trace.ts';
import { type RoomCatalogues, useRoomWords } from '../../_messages/words.tsx';

type TraceWords = ReturnType<typeof trace>;

const CATALOGUES: RoomCatalogues<TraceWords> = { en: trace };

export const useTraceWords = () => useRoomWords(CATALOGUES);
