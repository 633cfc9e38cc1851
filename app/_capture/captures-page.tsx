'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Capture } from '#contract';
import { type CaptureFilter, capturesQuery, servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Select } from '../_ui/field.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { CrossIcon, PinIcon } from '../_ui/icons.tsx';
import { matches } from '../_ui/match.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { choice, flag, text, type UrlCodec, useUrlState } from '../_ui/url-state.ts';
import { CaptureTable } from './capture-table.tsx';
import { KINDS } from './kinds.ts';
import { isRunning } from './progress.ts';

const FILTER = text();
const SERVICE = text();
const KIND = choice(['', ...KINDS], '');
const STATE = choice(['', 'running', 'complete', 'failed', 'cancelled'], '');
const SINCE: UrlCodec<string> = {
  parse: (value) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) ? value : undefined),
  format: (value) => value,
  fallback: '',
};

export function CapturesPage() {
  const { t, f } = useWords();
  const words = t.capture.list;
  const [typed, setTyped] = useUrlState('q', FILTER);
  const [service, setService] = useUrlState('service', SERVICE);
  const [kind, setKind] = useUrlState('kind', KIND);
  const [state, setState] = useUrlState('state', STATE);
  const [pinned, setPinned] = useUrlState('pinned', flag);
  const [since, setSince] = useUrlState('since', SINCE);
  const filter = useMemo<CaptureFilter>(
    () => ({
      ...(service === '' ? {} : { service }),
      ...(kind === '' ? {} : { kind }),
      ...(since === '' ? {} : { since }),
    }),
    [service, kind, since],
  );
  const isShown = useCallback(
    (capture: Capture) =>
      hasState(capture, state) &&
      (!pinned || capture.pinned) &&
      (typed === '' ||
        matches(
          typed,
          capture.instanceName,
          capture.service,
          capture.serviceVersion,
          capture.note,
          capture.requestedBy,
          capture.id,
          t.capture.kinds[capture.kind].term,
          t.capture.states[capture.status.state],
        )),
    [state, pinned, typed, t],
  );
  return (
    <>
      <Header filter={filter} />
      <div className="px-4 pb-10">
        <div className="flex flex-wrap items-center gap-2 pb-2">
          <FilterField label={words.filter} value={typed} onChange={setTyped} className="w-full max-w-72" />
          <ServiceSelect value={service} filter={filter} onChange={setService} />
          <KindSelect value={kind} filter={filter} onChange={setKind} />
          <Select
            aria-label={words.state}
            value={state}
            onChange={(event) => setState(STATE.parse(event.target.value) ?? '')}
          >
            <option value="">{words.allStates}</option>
            <option value="running">{words.stateRunning}</option>
            <option value="complete">{t.capture.states.complete}</option>
            <option value="failed">{t.capture.states.failed}</option>
            <option value="cancelled">{t.capture.states.cancelled}</option>
          </Select>
          <Button
            aria-pressed={pinned}
            look={pinned ? 'primary' : 'plain'}
            onClick={() => setPinned(!pinned)}
          >
            <PinIcon filled={pinned} />
            {words.pinnedOnly}
          </Button>
          {since !== '' && (
            <Button look="quiet" title={words.clearSince} onClick={() => setSince('')}>
              {words.since(f.moment(Date.parse(since), Date.now()))}
              <CrossIcon />
            </Button>
          )}
        </div>
        <CaptureTable filter={filter} within="all" isShown={isShown} />
      </div>
    </>
  );
}

function Header({ filter }: { filter: CaptureFilter }) {
  const { t } = useWords();
  const captures = useInfiniteQuery(capturesQuery(filter));
  const all = captures.data?.pages.flatMap((page) => page.captures) ?? [];
  const running = all.filter(isRunning).length;
  const words = t.capture.list;
  const say = captures.hasNextPage ? words.sentenceMore : words.sentence;
  return <PageHeader sentence={captures.data === undefined ? words.title : say(all.length, running)} />;
}

function hasState(capture: Capture, state: string): boolean {
  if (state === '') return true;
  return state === 'running' ? isRunning(capture) : capture.status.state === state;
}

/** Beyond this many services, only those with captures are offered: a longer menu is no help. */
const LONG_MENU = 200;

function ServiceSelect({
  value,
  filter,
  onChange,
}: {
  value: string;
  filter: CaptureFilter;
  onChange(value: string): void;
}) {
  const { t } = useWords();
  const services = useQuery(servicesQuery()).data ?? [];
  const captures = useInfiniteQuery(capturesQuery(filter)).data?.pages.flatMap((page) => page.captures) ?? [];
  const names = new Set(captures.map((capture) => capture.service));
  if (services.length <= LONG_MENU) for (const { name } of services) names.add(name);
  // A service that is gone may still have captures, and the address may name it.
  if (value !== '') names.add(value);
  return (
    <Select
      aria-label={t.capture.list.service}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t.capture.list.allServices}</option>
      {[...names].sort().map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** Only kinds that were captured or can be: what there is none of is no choice. */
function KindSelect({
  value,
  filter,
  onChange,
}: {
  value: '' | (typeof KINDS)[number];
  filter: CaptureFilter;
  onChange(value: '' | (typeof KINDS)[number]): void;
}) {
  const { t } = useWords();
  const services = useQuery(servicesQuery()).data ?? [];
  const captures = useInfiniteQuery(capturesQuery(filter)).data?.pages.flatMap((page) => page.captures) ?? [];
  const known = new Set<string>(captures.map((capture) => capture.kind));
  if (value !== '') known.add(value);
  for (const { instances } of services)
    for (const instance of instances)
      for (const capability of instance.captures) if (capability.available) known.add(capability.kind);
  const kinds = KINDS.filter((kind) => known.has(kind));
  if (kinds.length < 2) return null;
  return (
    <Select
      aria-label={t.capture.list.kind}
      value={value}
      onChange={(event) => onChange(KIND.parse(event.target.value) ?? '')}
    >
      <option value="">{t.capture.list.allKinds}</option>
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {t.capture.kinds[kind].term}
        </option>
      ))}
    </Select>
  );
}
