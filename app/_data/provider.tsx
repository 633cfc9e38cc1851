'use client';

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { getJson, RequestFailed } from './api.ts';
import { noteServerTime } from './clock.ts';
import { EventFeed } from './event-feed.ts';
import { type Freshness, freshnessAt } from './freshness.ts';
import { keepOvertaken } from './overtaken.ts';
import { createQueryClient } from './query-client.ts';
import { VitalsStore } from './vitals-store.ts';

interface Live {
  vitals: VitalsStore;
  /** Snapshot of how old the data is, renewed every second. */
  subscribeFreshness(listener: () => void): () => void;
  freshness(): Freshness;
}

const LiveContext = createContext<Live | undefined>(undefined);

function startLive(client: QueryClient, live: LiveStore): () => void {
  const changes = keepOvertaken(client);
  const feed = new EventFeed({
    onChange: (change) => {
      changes.take(change);
      if (change.type === 'instance-removed') live.vitals.forget(change.instanceId);
      if (change.type === 'instance' && isNewService(client, change.instance.service))
        client.invalidateQueries({ queryKey: ['services'] });
    },
    onVitals: (batch) => live.vitals.take(batch),
    onHello: (hello) => noteServerTime(Date.parse(hello.now)),
    onGap: () => void client.invalidateQueries(),
    onRefused: () => void leaveIfSignedOut(),
  });
  const stopFeed = feed.start();
  const stopFreshness = live.follow(() => feed.lastHeardMs);
  return () => {
    stopFreshness();
    stopFeed();
    changes.stop();
  };
}

/** Its tier is not part of an instance; it comes with the list of services. */
function isNewService(client: QueryClient, name: string): boolean {
  const services = client.getQueryData<{ name: string; tier: string; instances: unknown[] }[]>(['services']);
  const service = services?.find((other) => other.name === name);
  return service?.tier === 'other' && service.instances.length === 1;
}

async function leaveIfSignedOut(): Promise<void> {
  try {
    await getJson('/system');
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 401 && window.location.pathname !== '/sign-in') {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`/sign-in?then=${encodeURIComponent(here)}`);
    }
  }
}

class LiveStore implements Live {
  readonly vitals = new VitalsStore();
  readonly #listeners = new Set<() => void>();
  #freshness: Freshness = { state: 'connecting' };

  follow(lastHeardMs: () => number | null): () => void {
    const startedMs = Date.now();
    const timer = setInterval(() => {
      const next = freshnessAt(Date.now(), startedMs, lastHeardMs());
      // The age itself is shown by a running clock: only a change of state is news.
      if (next.state === this.#freshness.state) return;
      this.#freshness = next;
      for (const listener of this.#listeners) listener();
    }, 500);
    return () => clearInterval(timer);
  }

  subscribeFreshness = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  freshness = () => this.#freshness;
}

const CONNECTING: Freshness = { state: 'connecting' };

export function DataProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  const [live] = useState(() => new LiveStore());
  useEffect(() => startLive(client, live), [client, live]);
  return (
    <QueryClientProvider client={client}>
      <LiveContext value={live}>{children}</LiveContext>
    </QueryClientProvider>
  );
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('outside of DataProvider');
  return live;
}

export function useVitalsStore(): VitalsStore {
  return useLive().vitals;
}

export function useFreshness(): Freshness {
  const live = useLive();
  return useSyncExternalStore(live.subscribeFreshness, live.freshness, () => CONNECTING);
}
