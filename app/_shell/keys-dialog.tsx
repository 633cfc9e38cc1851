'use client';

import { usePathname } from 'next/navigation';
import { useWords } from '../_messages/words.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { useTraceWords } from '../_viewer/trace/use-trace-words.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';

type KeyLine = [combination: string[], meaning: string];

export default function KeysDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const viewer = useViewerWords();
  const words = t.shell.keys;
  const keys: KeyLine[] = [
    [['Ctrl', 'K'], words.palette],
    [['/'], words.filter],
    [['?'], words.help],
    [['g', 'o'], words.goOverview],
    [['g', 'p'], words.goPools],
    [['g', 'c'], words.goCaptures],
    [['g', 'a'], words.goActions],
    [['g', 'u'], words.goAudit],
    [['g', 'f'], words.goOpen],
    [['c'], words.newCapture],
    [['y'], words.copyLink],
    [['↑', '↓'], words.rows],
    [['Space'], words.select],
    [['Esc'], words.close],
  ];
  const inPicture = viewer.keys;
  const pictureKeys: KeyLine[] = [
    [['↑', '↓', '←', '→'], inPicture.move],
    [['Enter'], inPicture.zoom],
    [['Esc'], inPicture.showAll],
    [['Shift', 'F10'], inPicture.menu],
    [['n', 'N'], inPicture.matches],
    [['s'], inPicture.source],
    [['/'], inPicture.search],
  ];
  const inTimeline = useTraceWords().keys;
  const timelineKeys: KeyLine[] = [
    [['←', '→'], inTimeline.along],
    [['↑', '↓'], inTimeline.across],
    [['Shift', '← →'], inTimeline.extend],
    [['Space', 'r'], inTimeline.select],
    [['Enter'], inTimeline.zoomHere],
    [['+', '−', '0'], inTimeline.zoom],
    [['PgUp', 'PgDn'], inTimeline.pan],
    [['f'], inTimeline.fold],
    [['Esc'], inTimeline.clear],
    [['n', 'N'], inPicture.matches],
  ];
  const pathname = usePathname();
  const hasPicture = pathname.startsWith('/captures/') || pathname === '/open';
  return (
    <Dialog title={words.title} onClose={onClose} width="max-w-md">
      <div className="overflow-y-auto px-4 py-3">
        <KeyList keys={keys} />
        {hasPicture && (
          <section aria-labelledby="picture-keys" className="mt-4 border-t border-hairline pt-3">
            <h3 id="picture-keys" className="mb-2 text-sm text-muted">
              {inPicture.title}
            </h3>
            <KeyList keys={pictureKeys} />
          </section>
        )}
        {hasPicture && (
          <section aria-labelledby="timeline-keys" className="mt-4 border-t border-hairline pt-3">
            <h3 id="timeline-keys" className="mb-2 text-sm text-muted">
              {inTimeline.title}
            </h3>
            <KeyList keys={timelineKeys} />
          </section>
        )}
      </div>
    </Dialog>
  );
}

function KeyList({ keys }: { keys: readonly KeyLine[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
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
  );
}
