'use client';

import { Button } from '../../_ui/button.tsx';
import type { OriginalFunctions } from './original-functions.ts';
import { useSourceWords } from './use-source-words.ts';

interface OriginalsNoteProps {
  readonly originals: OriginalFunctions;
  /** Names and places are those of what ran. */
  readonly isGenerated: boolean;
  onChange(isGenerated: boolean): void;
}

/** Says that names are not those of what ran, and lets one see those. */
export function OriginalsNote({ originals, isGenerated, onChange }: OriginalsNoteProps) {
  const { originals: words } = useSourceWords();
  return (
    <p role="status" className="flex shrink-0 flex-wrap items-center gap-2 text-sm text-muted">
      {isGenerated ? words.generated(originals.fileCount) : words.applied(originals.fileCount)}
      <Button small onClick={() => onChange(!isGenerated)}>
        {isGenerated ? words.showOriginal : words.showGenerated}
      </Button>
    </p>
  );
}
