import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import type { ThreadSession } from '../inspector/thread-session.ts';
import type { MainThreadPulse } from '../vitals/main-thread-pulse.ts';
import type { RecordedData, Recording } from './capture-method.ts';
import { mainThreadProbe, type ThreadProbe, workerThreadProbe } from './thread-probe.ts';

/** Records through an inspector session with the capture's thread, which is closed afterwards, and at once when discarded. */
export async function onThread(
  threads: ThreadDirectory,
  pulse: MainThreadPulse,
  { threadId, discarded }: Recording,
  record: (session: ThreadSession, probe: ThreadProbe) => Promise<RecordedData>,
): Promise<RecordedData> {
  using session = await threads.open(threadId, discarded);
  // Disposing fails every open question of the session, and V8 drops the recorder of a session that is gone.
  discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
  discarded.throwIfAborted();
  const probe = threadId === 'main' ? mainThreadProbe(pulse) : workerThreadProbe(session);
  return await record(session, probe);
}
