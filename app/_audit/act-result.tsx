'use client';

import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { classNames } from '../_ui/class-names.ts';
import { CheckIcon } from '../_ui/icons.tsx';
import type { Act } from './acts.ts';
import { useAuditWords } from './use-audit-words.ts';

/** How an act ended: sign, word, and what there is to say about it. What is not known is hatched. */
export function ActResult({ act }: { act: Act }) {
  const audit = useAuditWords();
  const { result, message } = act;
  return (
    <span className="flex items-start gap-2" title={audit.resultTitles[result]} data-result={result}>
      <span className="flex h-5 w-4 shrink-0 items-center justify-center text-well">
        {result === 'succeeded' ? (
          <CheckIcon />
        ) : (
          <ConditionGlyph condition={result === 'failed' ? 'dead' : 'unknown'} />
        )}
      </span>
      <span className="min-w-0">
        <span className={classNames(result === 'failed' && 'text-bad', isUnknown(act) && 'text-unknown')}>
          {audit.results[result]}
        </span>
        {message !== '' && <span className="text-muted"> {message}</span>}
      </span>
    </span>
  );
}

function isUnknown({ result }: Act): boolean {
  return result === 'unknown' || result === 'open';
}
