import type { Rooms } from '../rooms.ts';
import type { EventHub } from './event-hub.ts';

const BEAT_INTERVAL_MS = 15_000;

/** Leads everything that happens in the rooms to the hub. */
export function feedEvents(hub: EventHub, { directory, captures, actions, timeline }: Rooms): Disposable {
  const feeds = new DisposableStack();
  feeds.use(directory.onChange((change) => hub.publish(change)));
  feeds.use(captures.onChange((change) => hub.publish(change)));
  feeds.use(actions.onChange((change) => hub.publish(change)));
  feeds.use(timeline.onEvent((event) => hub.publish({ type: 'timeline', event })));
  feeds.use(directory.onVitals((batch) => hub.publishVitals(batch)));
  const timer = setInterval(() => hub.beat(), BEAT_INTERVAL_MS);
  timer.unref();
  feeds.defer(() => clearInterval(timer));
  return feeds;
}
