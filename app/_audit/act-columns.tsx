'use client';

import { useMemo } from 'react';
import type { Column } from '../_ui/data-table.tsx';
import { Link } from '../_ui/link.tsx';
import { OpenButton } from '../_ui/open-button.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { ActResult } from './act-result.tsx';
import type { Act } from './acts.ts';
import { type Subject, subjectsOf } from './subjects.ts';
import { useAuditWords } from './use-audit-words.ts';
import { useNames } from './use-names.ts';

export function useActColumns(open: string, toggle: (sequence: string) => void): Column<Act>[] {
  const audit = useAuditWords();
  const { actionName, subjectName, isService } = useNames();
  return useMemo(() => {
    const words = audit.columns;
    return [
      {
        id: 'at',
        header: words.at,
        width: 'w-26 sm:w-36',
        wraps: true,
        cell: (act) => (
          <OpenButton
            isOpen={String(act.sequence) === open}
            label={audit.open(actionName(act))}
            onToggle={() => toggle(String(act.sequence))}
          >
            <Moment at={act.at} />
          </OpenButton>
        ),
      },
      {
        id: 'actor',
        header: words.actor,
        width: 'w-28',
        from: 'sm',
        wraps: true,
        cell: (act) => act.actor,
      },
      {
        id: 'action',
        header: words.action,
        width: 'w-30 lg:w-48',
        wraps: true,
        cell: (act) => (
          <span title={act.action} className="font-medium">
            {actionName(act)}
            <span className="block font-normal text-muted sm:hidden">{act.actor}</span>
          </span>
        ),
      },
      {
        id: 'subject',
        header: words.subject,
        from: 'md',
        wraps: true,
        cell: (act) => (
          <span className="flex flex-wrap gap-x-3">
            {subjectsOf(act, isService).map((subject) => (
              <SubjectLink key={subject.id} subject={subject} name={subjectName(subject)} />
            ))}
          </span>
        ),
      },
      {
        id: 'reason',
        header: words.reason,
        from: 'lg',
        wraps: true,
        cell: (act) =>
          act.reason === '' ? <span className="text-muted">{audit.noReason}</span> : act.reason,
      },
      {
        id: 'result',
        header: words.result,
        width: 'sm:w-1/4',
        wraps: true,
        cell: (act) => <ActResult act={act} />,
      },
    ];
  }, [audit, open, toggle, actionName, subjectName, isService]);
}

function SubjectLink({ subject, name }: { subject: Subject; name: string }) {
  if (subject.href === null) return <span className="text-muted">{name}</span>;
  return (
    <Link href={subject.href} title={subject.id} className="hover:underline">
      {name}
    </Link>
  );
}
