import { onTestFinished } from 'vitest';
import { type Clock, openStore, type Store, systemClock } from '../store/index.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temp-directory.ts';

/** A store that is closed when the test ends. */
export async function openTestStore(
  dataDirectory: string = temporaryDirectory(),
  clock: Clock = systemClock,
): Promise<Store> {
  const store = await openStore({ dataDirectory, clock, log: silentLog });
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}
