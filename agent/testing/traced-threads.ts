interface EventJson {
  ph: string;
  name: string;
  cat?: string;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** What a trace tells of each thread of the service that was followed, in microseconds, by the name of the thread. */
export interface TracedThread {
  executing: number;
  waiting: number;
  /** Within what it executed. */
  blocked: number;
  /** Of the young and of the whole heap. */
  collections: number;
}

export function tracedThreads(bytes: Buffer): { threads: Map<string, TracedThread>; names: Set<string> } {
  const { traceEvents } = JSON.parse(bytes.toString()) as { traceEvents: EventJson[] };
  const threadNames = new Map(
    traceEvents.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args?.name ?? '']),
  );
  const threads = new Map<string, TracedThread>();
  for (const { cat, name, tid, dur = 0 } of traceEvents) {
    if (cat !== 'opscenter.loop') continue;
    const thread = threads.get(threadNames.get(tid) ?? '') ?? {
      executing: 0,
      waiting: 0,
      blocked: 0,
      collections: 0,
    };
    thread[name as 'executing' | 'waiting' | 'blocked'] += dur;
    threads.set(threadNames.get(tid) ?? '', thread);
  }
  for (const { name, ph, tid } of traceEvents) {
    const thread = threads.get(threadNames.get(tid) ?? '');
    if (thread && ph === 'B' && /^M(inor|ajor)GC$/.test(name)) thread.collections += 1;
  }
  return { threads, names: new Set(traceEvents.map(({ name }) => name)) };
}
