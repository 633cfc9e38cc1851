'use client';

import { useWords } from '../_messages/words.tsx';
import { Dialog } from '../_ui/dialog.tsx';

export default function KeysDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const words = t.shell.keys;
  const keys: [string[], string][] = [
    [['Ctrl', 'K'], words.palette],
    [['/'], words.filter],
    [['?'], words.help],
    [['g', 'o'], words.goOverview],
    [['g', 'c'], words.goCaptures],
    [['c'], words.newCapture],
    [['y'], words.copyLink],
    [['↑', '↓'], words.rows],
    [['Space'], words.select],
    [['Esc'], words.close],
  ];
  return (
    <Dialog title={words.title} onClose={onClose} width="max-w-md">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 overflow-y-auto px-4 py-3">
        {keys.map(([combination, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {combination.map((key) => (
                <kbd key={key} className="rounded-sm border border-hairline-strong px-1.5 font-sans text-sm">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
