'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import type { Service } from '#contract';
import { useOpenAction } from '../_action/action-context.tsx';
import { ActionGlyph } from '../_action/action-state.tsx';
import { availabilityOf, offeredTypes } from '../_action/offers.ts';
import { whereOf } from '../_action/progress.ts';
import { useOpenCapture } from '../_capture/capture-context.tsx';
import { CaptureGlyph } from '../_capture/capture-state.tsx';
import { captureMoment } from '../_capture/moment.ts';
import { offersOf } from '../_capture/offers.ts';
import { actionsQuery, capturesQuery, servicesQuery } from '../_data/queries.ts';
import { conditionOf } from '../_fleet/condition.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { conditionOfService, livingOf } from '../_fleet/fleet-state.ts';
import type { Messages } from '../_messages/catalogue.ts';
import { useWords } from '../_messages/words.tsx';
import { currentAddress } from '../_ui/address.ts';
import { useCopy } from '../_ui/copy-button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { RecordIcon, RunIcon } from '../_ui/icons.tsx';
import { findEntries, type PaletteEntry } from './palette-search.ts';
import { THEMES } from './theme.ts';
import { useTheme } from './theme-context.tsx';

/** Everything there is, by name. Closes before it does what was chosen. */
export default function Palette({ onClose, onKeys }: { onClose(): void; onKeys(): void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const entries = useEntries(onKeys);
  const groups = useMemo(() => findEntries(entries, typed), [entries, typed]);
  const choose = (entry: PaletteEntry<ReactNode>) => {
    onClose();
    // The dialog gives the focus back first, so that what opens next can take it.
    setTimeout(entry.run, 0);
  };
  const titles = t.shell.palette;
  return (
    <Dialog title={titles.title} onClose={onClose} isBare>
      <Command label={titles.title} shouldFilter={false} loop className="flex min-h-0 flex-col">
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={titles.placeholder}
          autoFocus
          className="h-10 border-b border-hairline bg-transparent px-4 outline-none placeholder:text-muted"
        />
        <Command.List className="min-h-0 overflow-y-auto p-1.5">
          {groups.length === 0 && <p className="px-3 py-6 text-center text-muted">{titles.empty}</p>}
          {groups.map((group) => (
            <Command.Group
              key={group.name}
              heading={titles[group.name]}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted"
            >
              {group.entries.map((entry) => (
                <Command.Item
                  key={entry.id}
                  value={entry.id}
                  onSelect={() => choose(entry)}
                  className="flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover"
                >
                  <span className="flex w-4 justify-center text-muted">{entry.sign}</span>
                  <span className="truncate">{entry.name}</span>
                  {entry.hint && (
                    <span className="ml-auto truncate pl-4 text-sm text-muted">{entry.hint}</span>
                  )}
                </Command.Item>
              ))}
              {group.more > 0 && (
                <p className="px-2.5 py-1 pl-9 text-sm text-muted">{titles.more(group.more)}</p>
              )}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function useEntries(onKeys: () => void): PaletteEntry<ReactNode>[] {
  const { t, f } = useWords();
  const router = useRouter();
  const copy = useCopy();
  const openCapture = useOpenCapture();
  const openAction = useOpenAction();
  const { setTheme } = useTheme();
  const services = useQuery(servicesQuery()).data ?? NONE;
  const captures = useInfiniteQuery(capturesQuery()).data;
  const actions = useInfiniteQuery(actionsQuery()).data;
  return useMemo(() => {
    const words = t.shell.palette;
    const go = (path: string) => () => router.push(path);
    const entries: PaletteEntry<ReactNode>[] = [];
    for (const service of services) {
      entries.push({
        id: `service ${service.name}`,
        group: 'services',
        name: service.name,
        sign: <ConditionGlyph condition={conditionOfService(service)} />,
        hint: hintOf(service, t),
        run: go(`/services/${service.name}`),
      });
      for (const { kind } of offersOf(service.instances).offers)
        entries.push({
          id: `capture ${kind} ${service.name}`,
          group: 'commands',
          name: words.takeCapture(t.capture.kinds[kind].term, service.name),
          sign: <RecordIcon />,
          run: () => openCapture({ service: service.name, instanceIds: null, kind }),
        });
      for (const { type } of offeredTypes(service.instances))
        if (availabilityOf(service.instances, type).state === 'able')
          entries.push({
            id: `action ${type} ${service.name}`,
            group: 'commands',
            onlyWhenTyped: true,
            name: t.action.palette.run(type, service.name),
            sign: <RunIcon />,
            run: () => openAction({ type, service: service.name, instanceIds: null }),
          });
      for (const instance of service.instances) {
        const condition = conditionOf(instance);
        entries.push({
          id: `instance ${instance.id}`,
          group: 'instances',
          name: instance.name,
          words: `${service.name} ${instance.host} ${instance.id}`,
          hint: `${service.name} · ${t.fleet.conditions[condition]}`,
          sign: <ConditionGlyph condition={condition} />,
          run: go(`/instances/${instance.id}`),
        });
        // The service's own command does for its only instance.
        for (const { kind } of service.instances.length > 1 ? offersOf([instance]).offers : [])
          entries.push({
            id: `capture ${kind} ${instance.id}`,
            group: 'commands',
            onlyWhenTyped: true,
            name: words.takeCapture(t.capture.kinds[kind].term, instance.name),
            sign: <RecordIcon />,
            run: () => openCapture({ service: service.name, instanceIds: [instance.id], kind }),
          });
      }
    }
    for (const capture of captures?.pages.flatMap((page) => page.captures) ?? [])
      entries.push({
        id: `capture ${capture.id}`,
        group: 'captures',
        name: t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName),
        words: `${capture.service} ${capture.note} ${capture.id}`,
        sign: <CaptureGlyph state={capture.status.state} />,
        hint: `${captureMoment(capture, f)} · ${t.capture.states[capture.status.state]}`,
        run: go(`/captures/${capture.id}`),
      });
    for (const action of actions?.pages.flatMap((page) => page.actions) ?? [])
      entries.push({
        id: `action ${action.id}`,
        group: 'actions',
        name: t.action.titleOf(action.title, whereOf(action.parts, t.action.instances)),
        words: `${action.type} ${action.reason} ${action.id}`,
        sign: <ActionGlyph state={action.status.state} />,
        hint: `${f.moment(Date.parse(action.requestedAt), Date.now())} · ${t.action.states[action.status.state]}`,
        run: go(`/actions/${action.id}`),
      });
    const command = (id: string, name: string, run: () => void) =>
      entries.push({ id, group: 'commands', name, run, isGeneral: true });
    command('overview', words.goTo(t.shell.overview), go('/'));
    command('pools', words.goTo(t.shell.pools), go('/pools'));
    command('captures', words.goTo(t.shell.captures), go('/captures'));
    command('actions', words.goTo(t.shell.actions), go('/actions'));
    command('audit', words.goTo(t.shell.audit), go('/audit'));
    command('open', t.shell.keys.goOpen, go('/open'));
    command('compare', t.shell.compare, go('/compare'));
    command('link', t.shell.copyLink, () => void copy(currentAddress(), t.shell.linkCopied));
    for (const theme of THEMES)
      command(`theme ${theme}`, words.theme(t.shell.theme[theme]), () => setTheme(theme));
    command('keys', words.showKeys, onKeys);
    return entries;
  }, [services, captures, actions, t, f, router, copy, openCapture, openAction, setTheme, onKeys]);
}

/** How many there are now; of a service that is gone, that it is. */
function hintOf(service: Service, t: Messages): string {
  const living = livingOf(service).length;
  return living === 0 ? t.fleet.conditions[conditionOfService(service)] : t.fleet.instances(living);
}

const NONE: never[] = [];
