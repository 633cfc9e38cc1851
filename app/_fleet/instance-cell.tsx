'use client';

import { memo } from 'react';
import type { Instance } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { conditionOf } from './condition.ts';
import { ConditionGlyph } from './condition-glyph.tsx';

/** One instance in a row of many: its sign, and its name where there is room. */
export const InstanceCell = memo(function InstanceCell({
  instance,
  named,
}: {
  instance: Instance;
  named: boolean;
}) {
  const { t } = useWords();
  const condition = conditionOf(instance);
  const label = t.fleet.overview.cellLabel(instance.name, condition);
  return (
    <Link
      href={`/instances/${instance.id}`}
      aria-label={label}
      data-instance={instance.id}
      data-condition={condition}
      className={
        named
          ? 'inline-flex h-6 max-w-full min-w-0 items-center gap-1.5 rounded-md px-1.5 text-muted hover:bg-hover hover:text-text'
          : 'inline-flex size-6 items-center justify-center rounded-md hover:bg-hover'
      }
    >
      <span data-live="">
        <ConditionGlyph condition={condition} />
      </span>
      {named && <span className="max-w-44 truncate">{instance.name}</span>}
    </Link>
  );
});
