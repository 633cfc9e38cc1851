'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Action } from '#contract';
import { type ActionFilter, actionsQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Select } from '../_ui/field.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { matches } from '../_ui/match.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { choice, text, useUrlState } from '../_ui/url-state.ts';
import { ActionTable } from './action-table.tsx';
import { isRunning } from './progress.ts';

const FILTER = text();
const SERVICE = text();
const TYPE = text();
const STATE = choice(['', 'running', 'succeeded', 'partial', 'failed', 'cancelled', 'unknown'], '');
const FINAL = ['succeeded', 'partial', 'failed', 'cancelled', 'unknown'] as const;

export function ActionsPage() {
  const { t } = useWords();
  const words = t.action.list;
  const [typed, setTyped] = useUrlState('q', FILTER);
  const [service, setService] = useUrlState('service', SERVICE);
  const [type, setType] = useUrlState('type', TYPE);
  const [state, setState] = useUrlState('state', STATE);
  const filter = useMemo<ActionFilter>(
    () => ({ ...(service === '' ? {} : { service }), ...(type === '' ? {} : { type }) }),
    [service, type],
  );
  const isShown = useCallback(
    (action: Action) => hasState(action, state) && (typed === '' || isFound(action, typed)),
    [state, typed],
  );
  return (
    <>
      <Header filter={filter} />
      <div className="px-4 pb-10">
        <div className="flex flex-wrap items-center gap-2 pb-2">
          <FilterField label={words.filter} value={typed} onChange={setTyped} className="w-full max-w-72" />
          <Known
            label={words.service}
            all={words.allServices}
            value={service}
            onChange={setService}
            valuesOf={servicesOf}
          />
          <Known label={words.type} all={words.allTypes} value={type} onChange={setType} valuesOf={typesOf} />
          <Select
            aria-label={words.state}
            value={state}
            onChange={(event) => setState(STATE.parse(event.target.value) ?? '')}
          >
            <option value="">{words.allStates}</option>
            <option value="running">{words.stateRunning}</option>
            {FINAL.map((one) => (
              <option key={one} value={one}>
                {t.action.states[one]}
              </option>
            ))}
          </Select>
        </div>
        <ActionTable filter={filter} within="all" isShown={isShown} />
      </div>
    </>
  );
}

function Header({ filter }: { filter: ActionFilter }) {
  const { t } = useWords();
  const actions = useInfiniteQuery(actionsQuery(filter));
  const all = actions.data?.pages.flatMap((page) => page.actions) ?? [];
  const words = t.action.list;
  const say = actions.hasNextPage ? words.sentenceMore : words.sentence;
  const running = all.filter(isRunning).length;
  return <PageHeader sentence={actions.data === undefined ? words.title : say(all.length, running)} />;
}

/** Offers what there is among the actions that were run: what there is none of is no choice. */
function Known({
  label,
  all,
  value,
  onChange,
  valuesOf,
}: {
  label: string;
  all: string;
  value: string;
  onChange(value: string): void;
  valuesOf(action: Action): string[];
}) {
  // Of all, not of those that are filtered: or the other choices would be gone with the first.
  const actions = useInfiniteQuery(actionsQuery()).data?.pages.flatMap((page) => page.actions) ?? [];
  const known = new Set(actions.flatMap(valuesOf));
  if (value !== '') known.add(value);
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{all}</option>
      {[...known].sort().map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  );
}

const servicesOf = (action: Action) => action.parts.map((part) => part.service);
const typesOf = (action: Action) => [action.type];

function hasState(action: Action, state: string): boolean {
  if (state === '') return true;
  return state === 'running' ? isRunning(action) : action.status.state === state;
}

function isFound(action: Action, typed: string): boolean {
  return matches(
    typed,
    action.title,
    action.type,
    action.reason,
    action.requestedBy,
    action.id,
    JSON.stringify(action.params),
    ...action.parts.flatMap((part) => [part.instanceName, part.service]),
  );
}
