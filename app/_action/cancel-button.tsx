'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button, type ButtonLook } from '../_ui/button.tsx';
import { StopIcon } from '../_ui/icons.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { useCancelAction } from './mutations.ts';

/** To drain is the one action whose way back has a name of its own. */
const DRAIN = 'drain';

export function useCancelWords(type: string): { label: string; meaning: string } {
  const { t } = useWords();
  const words = t.action.page;
  return type === DRAIN
    ? { label: words.cancelDrain, meaning: words.cancelMeansDrain }
    : { label: words.cancel, meaning: words.cancelMeans };
}

/** Ends it early. What that means is read before it is pressed, not after. */
export function CancelButton({
  action,
  small = false,
  look = 'plain',
  isExplained = true,
}: {
  action: Action;
  small?: boolean;
  look?: ButtonLook;
  isExplained?: boolean;
}) {
  const { label, meaning } = useCancelWords(action.type);
  const cancel = useCancelAction(action.id);
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {isExplained && <p className="max-w-[44ch] text-sm text-muted">{meaning}</p>}
      <Button
        small={small}
        look={look}
        title={meaning}
        disabled={cancel.isPending}
        onClick={() => cancel.mutate(undefined)}
      >
        <StopIcon />
        {label}
      </Button>
      {cancel.isError && <InlineFailure error={cancel.error} />}
    </div>
  );
}
