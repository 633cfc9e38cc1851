import { AsyncLocalStorage } from 'node:async_hooks';

/** The loop that polls for jobs runs in one trace for as long as the process lives, and adds a span each time. */
export const leak = {
  pilesUp: ['Span'],
  keptIn: /(^|\.)spans$/,
};

const tracing = new AsyncLocalStorage();

class Span {
  constructor(name) {
    this.name = name;
    this.startedAt = performance.now();
    this.attributes = { 'job.queue': 'settlement', 'job.worker': `worker ${name.length}`, 'job.attempt': 1 };
  }
}

async function poll(round) {
  tracing.getStore().spans.push(new Span(`poll ${round}`));
  await undefined;
}

export async function serve(_background, share) {
  const rounds = 58_733 * share;
  await new Promise((resolve) => {
    tracing.run({ traceId: 'poller', spans: [] }, async () => {
      for (let round = 0; round < rounds; round++) await poll(round);
      setInterval(() => void poll(0), 60_000).unref();
      resolve();
    });
  });
}
