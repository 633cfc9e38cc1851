'use client';

import type { Instance } from '#contract';
import { conditionOf, conditionSince, isGone } from '../_fleet/condition.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { useSecondsSince } from './age.tsx';
import { isAnswering } from './answering.ts';

/** Why the figures of an instance stand still, and how old they are. Nothing while they are fresh. */
export function NotAnswering({ instance, numbersAt }: { instance: Instance; numbersAt: string | null }) {
  if (isAnswering(instance)) return null;
  return <Sentence instance={instance} numbersAt={numbersAt} />;
}

function Sentence({ instance, numbersAt }: { instance: Instance; numbersAt: string | null }) {
  const { t } = useWords();
  const words = t.resources.notAnswering;
  const condition = conditionOf(instance);
  const seconds = useSecondsSince(conditionSince(instance)) ?? 0;
  const age = useSecondsSince(numbersAt);
  const sentence = isGone(condition)
    ? words.ended(instance.name)
    : condition === 'stuck'
      ? words.stuck(instance.name, seconds)
      : words.away(instance.name);
  return (
    <p className="mb-2 flex items-start gap-2 border-l-2 border-attention bg-attention-surface px-3 py-1.5">
      <span className="flex h-5 items-center">
        <ConditionGlyph condition={condition} />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <Link href={`/instances/${instance.id}`} className="hover:underline">
          {sentence}
        </Link>{' '}
        {age !== null && words.numbersFrom(age)}
      </span>
    </p>
  );
}
