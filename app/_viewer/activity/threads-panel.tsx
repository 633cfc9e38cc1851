'use client';

import type { SampledStack, ThreadActivity } from '#profile/index.ts';
import { Section } from '../../_ui/section.tsx';
import { printable } from '../flame/function-labels.ts';
import { StackFrames } from './stack-frames.tsx';
import { ThreadGlyph } from './thread-glyph.tsx';
import { useActivityWords } from './use-activity-words.ts';

/** What each thread runs: its state, and the stack that it was seen in most. */
export function ThreadsPanel({ threads }: { threads: readonly ThreadActivity[] }) {
  const words = useActivityWords();
  return (
    <Section title={words.threads.title}>
      {threads.length === 0 && <p className="pt-2 text-muted">{words.threads.none}</p>}
      <ul className="grid gap-x-6 lg:grid-cols-2">
        {threads.map((thread) => (
          <li key={thread.id} className="border-b border-hairline py-2">
            <Thread thread={thread} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Thread({ thread: { id, name, state, samples, stacks } }: { thread: ThreadActivity }) {
  const { threads: words } = useActivityWords();
  const [first, ...others] = stacks;
  return (
    <>
      <h3 className="flex flex-wrap items-center gap-x-2">
        <ThreadGlyph state={state} />
        <span className="font-medium [overflow-wrap:anywhere]">{printable(name) || printable(id)}</span>
        <span className="text-muted">
          {words.state(state)}
          {first && ` · ${words.samples(first.samples, samples)}`}
        </span>
      </h3>
      {first === undefined ? (
        <p className="pl-5.5 text-sm text-muted">{words.sentence(state)}</p>
      ) : (
        <div className="max-h-48 overflow-y-auto pl-5.5" tabIndex={first.frames.length > 8 ? 0 : undefined}>
          <StackFrames frames={first.frames} />
        </div>
      )}
      {others.length > 0 && (
        <details className="pl-5.5">
          <summary className="w-fit text-sm text-muted hover:text-text">{words.more(others.length)}</summary>
          {others.map((stack, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: stacks have no name and do not change
            <OtherStack key={index} stack={stack} all={samples} />
          ))}
        </details>
      )}
    </>
  );
}

function OtherStack({ stack, all }: { stack: SampledStack; all: number }) {
  const { threads: words } = useActivityWords();
  return (
    <div className="mt-1">
      <p className="text-sm text-muted">{words.samples(stack.samples, all)}</p>
      <StackFrames frames={stack.frames} />
    </div>
  );
}
