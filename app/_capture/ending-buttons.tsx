'use client';

import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { StopIcon } from '../_ui/icons.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { useEndCapture } from './mutations.ts';
import { endingsOf } from './progress.ts';

/** The two ways to end a capture early. */
export function EndingButtons({ capture, small = false }: { capture: Capture; small?: boolean }) {
  const { t } = useWords();
  const end = useEndCapture(capture.id);
  const { stop, cancel } = endingsOf(capture);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {stop && (
          <Button
            small={small}
            title={t.capture.stopTitle}
            disabled={end.isPending}
            onClick={() => end.mutate('stop')}
          >
            <StopIcon />
            {t.capture.stop}
          </Button>
        )}
        {cancel && (
          <Button
            small={small}
            look={stop ? 'quiet' : 'plain'}
            title={t.capture.cancelTitle}
            disabled={end.isPending}
            onClick={() => end.mutate('cancel')}
          >
            {t.capture.cancel}
          </Button>
        )}
      </div>
      {end.isError && <InlineFailure error={end.error} />}
    </>
  );
}
