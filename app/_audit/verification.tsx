'use client';

import { useQuery } from '@tanstack/react-query';
import type { AuditVerification } from '#contract';
import { verificationQuery } from '../_data/audit-queries.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { CheckIcon } from '../_ui/icons.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import { useAuditWords } from './use-audit-words.ts';

/** Asked for by the button alone, and the answer kept for as long as the page is open. */
export function useVerification() {
  return useQuery({ ...verificationQuery(), enabled: false });
}

type Verifying = ReturnType<typeof useVerification>;

export function VerifyButton({ verifying }: { verifying: Verifying }) {
  const audit = useAuditWords();
  return (
    <Button look="primary" disabled={verifying.isFetching} onClick={() => verifying.refetch()}>
      {verifying.isFetching ? audit.verifying : audit.verify}
    </Button>
  );
}

/** What the server found when it computed the chain from its first entry to its last. */
export function VerificationResult({ verifying }: { verifying: Verifying }) {
  const { t } = useWords();
  const { data, error } = verifying;
  return (
    <div role="status">
      {error !== null && (
        <p className="mt-2 border-l-2 border-bad bg-bad-surface px-3 py-2">{sentenceOf(error, t)}</p>
      )}
      {error === null && data !== undefined && <Found found={data} />}
    </div>
  );
}

/** Enough of a hash to compare it by eye. */
const SHORT_HASH = 12;

function Found({ found }: { found: AuditVerification }) {
  const { f } = useWords();
  const words = useAuditWords();
  return (
    <div
      className={classNames(
        'mt-2 flex items-start gap-2 border-l-2 px-3 py-2',
        found.verified ? 'border-well' : 'border-bad bg-bad-surface',
      )}
    >
      <span className="flex h-5 w-4 shrink-0 items-center justify-center text-well">
        {found.verified ? <CheckIcon /> : <ConditionGlyph condition="dead" />}
      </span>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p>
          {found.verified
            ? words.verified(found.entries, found.headHash.slice(0, SHORT_HASH))
            : words.broken(found.brokenAt, found.reason)}{' '}
          <span className="text-muted">{words.checkedAt(f.clock(Date.parse(found.checkedAt)))}</span>
        </p>
        <p className="text-muted">
          {words.byHand} <code className="font-mono text-sm text-text">{words.command}</code>
        </p>
      </div>
    </div>
  );
}
