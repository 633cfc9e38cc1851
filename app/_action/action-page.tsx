'use client';

import { useQuery } from '@tanstack/react-query';
import type { Action, ActionId } from '#contract';
import { RequestFailed } from '../_data/api.ts';
import { isActionId } from '../_data/ids.ts';
import { actionQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { useDocumentTitle } from '../_ui/document-title.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { Section } from '../_ui/section.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { ActionFacts } from './action-facts.tsx';
import { ActionGlyph } from './action-state.tsx';
import { AgainButton } from './again-button.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { ActionHistory } from './history.tsx';
import { PartView } from './part-view.tsx';
import { canCancel, isRunning, shownState, whereOf } from './progress.ts';
import { Question } from './question.tsx';
import { LiveActionSentence } from './sentence-line.tsx';
import { Verdict } from './verdict.tsx';

export function ActionPage({ id }: { id: string }) {
  return isActionId(id) ? <PossibleAction id={id} /> : <NotFound id={id} />;
}

function PossibleAction({ id }: { id: ActionId }) {
  const { t } = useWords();
  const query = useQuery(actionQuery(id));
  const action = query.data;
  const where = action && whereOf(action.parts, t.action.instances);
  useDocumentTitle(action && t.action.titleOf(action.title, where ?? ''));
  if (action === undefined || isGone(query.error)) return <Missing id={id} query={query} />;
  return (
    <>
      <PageHeader
        crumbs={[{ name: t.shell.actions, href: '/actions' }]}
        here={t.action.titleOf(action.title, where ?? '')}
        sign={<ActionGlyph state={shownState(action)} size={18} />}
        sentence={<LiveActionSentence action={action} />}
        actions={
          <>
            {canCancel(action) && action.status.state !== 'asking' && <CancelButton action={action} />}
            {!isRunning(action) && <AgainButton action={action} />}
            <CopyLinkButton />
          </>
        }
      >
        <div className="mt-1.5">
          <ActionFacts action={action} />
        </div>
      </PageHeader>
      <Body action={action} />
    </>
  );
}

/** While it is under way what it does comes first; when it is over, what came of it. */
function Body({ action }: { action: Action }) {
  const { t } = useWords();
  const words = t.action.page;
  const isOver = !isRunning(action);
  return (
    <div className="grid gap-x-10 gap-y-2 px-4 pb-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        {action.status.state === 'asking' && <Question action={action} question={action.status.question} />}
        <Verdict action={action} />
        {isOver && (
          <Section title={words.result}>
            <ComparisonTable action={action} />
          </Section>
        )}
        {action.parts.map((part) => (
          <PartView key={part.instanceId} action={action} part={part} isAlone={action.parts.length === 1} />
        ))}
      </div>
      <aside className="min-w-0">
        <Section title={words.history}>
          <ActionHistory action={action} />
        </Section>
      </aside>
    </div>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof RequestFailed && (error.status === 404 || error.status === 400);
}

function NotFound({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <PageHeader
      crumbs={[{ name: t.shell.actions, href: '/actions' }]}
      here={id}
      sentence={t.action.page.notFound}
    >
      <EmptyState>{t.action.page.notFoundDetail}</EmptyState>
    </PageHeader>
  );
}

function Missing({ id, query }: { id: ActionId; query: { error: unknown; refetch(): unknown } }) {
  const { t } = useWords();
  if (isGone(query.error)) return <NotFound id={id} />;
  return (
    <div aria-busy={query.error === null}>
      <PageHeader
        crumbs={[{ name: t.shell.actions, href: '/actions' }]}
        here={id}
        sentence={query.error ? t.shell.errors.title : t.shell.loading}
      />
      <div className="px-4">
        {query.error ? (
          <FailedState error={query.error} retry={() => query.refetch()} />
        ) : (
          <Skeleton className="h-96 w-full" />
        )}
      </div>
    </div>
  );
}
