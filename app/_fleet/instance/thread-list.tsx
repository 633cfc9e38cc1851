'use client';

import type { Instance } from '#contract';
import { useOpenCapture } from '../../_capture/capture-context.tsx';
import { offersOf } from '../../_capture/offers.ts';
import { useWords } from '../../_messages/words.tsx';
import { IconButton } from '../../_ui/button.tsx';
import { RecordIcon } from '../../_ui/icons.tsx';
import { Section } from '../../_ui/section.tsx';

export function ThreadList({ instance }: { instance: Instance }) {
  const { t } = useWords();
  const open = useOpenCapture();
  const canCapture = offersOf([instance]).offers.length > 0;
  return (
    <Section title={t.fleet.instance.threads}>
      {instance.threads.length === 0 && <p className="pt-2 text-muted">{t.fleet.instance.threadsNone}</p>}
      <ul>
        {instance.threads.map((thread) => (
          <li key={thread.id} className="flex h-8 items-center justify-between border-b border-hairline">
            <span>
              {thread.name || thread.id}
              {thread.name && thread.name !== thread.id && (
                <span className="ml-2 text-muted">{thread.id}</span>
              )}
            </span>
            {canCapture && (
              <IconButton
                label={t.fleet.instance.captureThread(thread.name || thread.id)}
                onClick={() =>
                  open({ service: instance.service, instanceIds: [instance.id], thread: thread.id })
                }
              >
                <RecordIcon />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
