'use client';

import { captureDialog } from '../_messages/en/capture-dialog.ts';
import { type RoomCatalogues, useRoomWords } from '../_messages/words.tsx';

type DialogWords = ReturnType<typeof captureDialog>;

const CATALOGUES: RoomCatalogues<DialogWords> = { en: captureDialog };

export const useDialogWords = () => useRoomWords(CATALOGUES);
