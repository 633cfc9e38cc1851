/** The clock of V8's trace events, which is that of `process.hrtime`. */
export function nowMicros(): number {
  const [seconds, nanos] = process.hrtime();
  return seconds * 1e6 + Math.round(nanos / 1000);
}
