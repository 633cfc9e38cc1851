'use client';

import type { Capture } from '#contract';
import { snapshot } from '../_messages/en/snapshot.ts';
import { type RoomCatalogues, useRoomWords, useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Section } from '../_ui/section.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { DownloadLinks } from './download-links.tsx';

const CATALOGUES: RoomCatalogues<ReturnType<typeof snapshot>> = { en: snapshot };

/** What a heap snapshot is good for and how it is opened: it is not drawn here. */
export default function SnapshotView({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const words = useRoomWords(CATALOGUES);
  const open = useOpenCapture();
  const { artifact, service, instanceId } = capture;
  const strings =
    artifact?.redacted === true
      ? words.redacted
      : artifact?.redacted === false
        ? words.notRedacted
        : words.unknown;
  return (
    <div className="max-w-[80ch] px-4 pt-3 pb-10">
      <p>{words.intro}</p>
      <Section title={words.open}>
        <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5">
          {words.steps.map((step) => {
            const sentence = step(f.bytes(artifact?.sizeBytes ?? 0));
            return <li key={sentence}>{sentence}</li>;
          })}
        </ol>
        <div className="mt-2.5">
          <DownloadLinks capture={capture} />
        </div>
      </Section>
      <Section title={words.strings}>
        <p className={artifact?.redacted === true ? 'mt-2' : 'mt-2 text-attention'}>{strings}</p>
      </Section>
      <Section title={words.allocated}>
        <p className="mt-2">{words.allocatedDetail}</p>
        <Button className="mt-2.5" onClick={() => open({ service, instanceIds: [instanceId], kind: 'heap' })}>
          {words.take(t.capture.kinds.heap.term)}
        </Button>
      </Section>
    </div>
  );
}
