import { type Trace, TraceReader } from '#profile/index.ts';

const PHASES: Record<string, string> = { run: 'executing', wait: 'waiting', block: 'blocked' };

/**
 * Reads a trace from lines such as `main: run 0-10, gc 2-4, parse 1-8`, a line a thread. `run`, `wait`, `block` and `gc` are
 * states, `~name` is a call, a name without an end a moment; everything else is a span. For tests.
 */
export function traceFromText(text: string): Trace {
  const events = text
    .trim()
    .split('\n')
    .flatMap((line, index) => {
      const [name = '', rest = ''] = line.trim().split(': ');
      const tid = index + 1;
      return [
        { ph: 'M', name: 'thread_name', tid, args: { name } },
        ...rest.split(', ').flatMap((part, id) => toEvents(part, tid, id)),
      ];
    });
  const reader = new TraceReader();
  reader.push(new TextEncoder().encode(JSON.stringify(events)));
  return reader.end();
}

function toEvents(part: string, tid: number, id: number): object[] {
  const match = /^(~?)(\S+) ([\d.]+)(?:-([\d.]+))?$/.exec(part);
  if (match === null) return [];
  const [, call, name = '', from, to] = match;
  const ts = Number(from);
  if (to === undefined) return [{ name, cat: 'test', ph: 'I', tid, ts }];
  const dur = Number(to) - ts;
  if (call) {
    const event = { name, cat: 'calls', tid, id: `${tid}.${id}` };
    return [
      { ...event, ph: 'b', ts },
      { ...event, ph: 'e', ts: Number(to) },
    ];
  }
  const phase = PHASES[name];
  if (phase) return [{ name: phase, cat: 'opscenter.loop', ph: 'X', tid, ts, dur }];
  return [
    { name: name === 'gc' ? 'MajorGC' : name, cat: name === 'gc' ? 'v8' : 'test', ph: 'X', tid, ts, dur },
  ];
}
