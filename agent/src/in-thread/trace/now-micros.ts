import { performance } from 'node:perf_hooks';

const [seconds, nanos] = process.hrtime();
/** Both run alike; this one is read in the tenth of the time. */
const offsetMicros = seconds * 1e6 + nanos / 1000 - performance.now() * 1000;

/** The clock of V8's trace events, which is that of `process.hrtime`. */
export function nowMicros(): number {
  return Math.round(performance.now() * 1000 + offsetMicros);
}
