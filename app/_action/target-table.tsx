'use client';

import { useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { ActionGlyph, stateTone } from './action-state.tsx';
import { asSentence } from './sentence.ts';
import type { TargetRow } from './targets.ts';

/** More would be scrolled past, not read; and a thousand rows cost the browser. */
const AT_FIRST = 100;

/** Targets, each with the proof of why it is one; with what became of it once it is being done. */
export function TargetTable({
  caption,
  rows,
  withOutcome = false,
}: {
  caption: string;
  rows: readonly TargetRow[];
  withOutcome?: boolean;
}) {
  const { t, f } = useWords();
  const [isWhole, setWhole] = useState(false);
  const words = t.action.dialog.columns;
  const withPlayers = rows.some(({ target }) => target.players > 0);
  const head = 'h-7 border-b border-hairline-strong pr-4 text-left text-sm font-normal text-muted';
  const cell = 'border-b border-hairline py-1.5 pr-4 align-top';
  return (
    <>
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={classNames(head, 'sm:w-1/4')}>
              {words.name}
            </th>
            <th scope="col" className={classNames(head, 'max-sm:hidden')}>
              {words.reason}
            </th>
            {withPlayers && (
              <th scope="col" className={classNames(head, 'w-16 text-right')}>
                {words.players}
              </th>
            )}
            {withOutcome && (
              <th scope="col" className={classNames(head, 'w-2/5')}>
                {words.outcome}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {(isWhole ? rows : rows.slice(0, AT_FIRST)).map((row) => (
            <tr key={row.target.id} data-target={row.target.id}>
              <th scope="row" className={classNames(cell, 'text-left font-normal [overflow-wrap:anywhere]')}>
                {row.target.name}
                {/* On a phone there is no room for a column of its own. */}
                <span className="block text-muted sm:hidden">{row.target.reason}</span>
              </th>
              <td className={classNames(cell, 'text-muted [overflow-wrap:anywhere] max-sm:hidden')}>
                {row.target.reason}
              </td>
              {withPlayers && (
                <td className={classNames(cell, 'figures text-right')}>{f.number(row.target.players)}</td>
              )}
              {withOutcome && (
                <td className={cell}>
                  <Outcome row={row} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!isWhole && rows.length > AT_FIRST && (
        <Button look="quiet" small className="mt-1 -ml-2" onClick={() => setWhole(true)}>
          {t.action.dialog.showAll(rows.length)}
        </Button>
      )}
    </>
  );
}

function Outcome({ row: { outcome, message } }: { row: TargetRow }) {
  const { t } = useWords();
  if (outcome === null) return null;
  return (
    <span className="flex items-start gap-2" data-outcome={outcome}>
      <span className="flex h-5 items-center">
        <ActionGlyph state={outcome} />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className={stateTone(outcome)}>{t.action.outcomes[outcome]}</span>
        {message !== '' && <span className="text-muted"> · {asSentence(message)}</span>}
      </span>
    </span>
  );
}
