'use client';

import { useWords } from '../_messages/words.tsx';

/** From here on a reason is more than a line or two: its first sentence says what, the rest what to do about it. */
const LONG = 140;

/** Why a kind cannot be taken, in the agent's words; what goes beyond the first sentence opens. */
export function Reason({ text }: { text: string }) {
  const { t } = useWords();
  const end = text.length > LONG ? text.search(/[.!?] /) : -1;
  if (end === -1) return <p className="[overflow-wrap:anywhere]">{text}</p>;
  return (
    <details>
      <summary className="[overflow-wrap:anywhere]" title={t.capture.wholeReason}>
        {text.slice(0, end + 1)}
      </summary>
      <p className="[overflow-wrap:anywhere]">{text.slice(end + 2)}</p>
    </details>
  );
}
