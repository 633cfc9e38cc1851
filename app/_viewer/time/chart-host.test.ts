import { describe, expect, test } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { ChartHost } from './chart-host.ts';
import type { CallAddress, CallWithCallers, ChartReport, ChartRequest, Question } from './protocol.ts';

const drawing = `
  main  main  main   idle  main   main
  parse parse render       parse  render
  read                     read   read
`;
const profile = profileFromText(drawing);
const subject = toSubject(profile);
const SEEN = { fromMicros: 0, toMicros: 6000 };

function served() {
  const reports: ChartReport[] = [];
  const port = {
    onmessage: null as MessagePort['onmessage'],
    postMessage: (report: ChartReport) => reports.push(report),
  };
  new ChartHost(profile, subject.profile, port as unknown as MessagePort);
  const send = (data: ChartRequest) =>
    port.onmessage?.call(port as unknown as MessagePort, { data } as MessageEvent);
  const ask = (question: Question): CallWithCallers | undefined => {
    send({ type: 'question', id: reports.length, question });
    const last = reports.at(-1);
    return last?.type === 'answer' ? last.answer : undefined;
  };
  return { send, ask, reports };
}

const named = (answer: CallWithCallers | undefined) =>
  answer && `${subject.label(answer.call.func)} ${answer.call.startMicros}–${answer.call.endMicros}`;
const funcOf = (name: string) =>
  Array.from(subject.profile.functions.name).findIndex((_, func) => subject.label(func) === name);
const address = (answer: CallWithCallers | undefined): CallAddress | undefined => answer?.call;

describe('who answers for a chart', () => {
  test('walks from call to call', () => {
    const { ask } = served();
    const step = (from: CallAddress | undefined, by: 'caller' | 'callee' | 'before' | 'after') =>
      ask({ ask: 'step', from, step: by, seen: SEEN });
    const first = step(undefined, 'after');
    expect(named(first)).toBe('main 0–3000');
    const parse = step(address(first), 'callee');
    expect(named(parse)).toBe('parse 0–2000');
    expect(named(step(address(parse), 'after'))).toBe('render 2000–3000');
    expect(named(step(address(parse), 'caller'))).toBe('main 0–3000');
    expect(named(step(address(first), 'after'))).toBe('idle 3000–4000');
    // The root is no call: one stays.
    expect(named(step(address(first), 'caller'))).toBe('main 0–3000');
    expect(named(step(address(first), 'before'))).toBe('main 0–3000');
  });

  test('begins with what is seen', () => {
    const { ask } = served();
    const seen = { fromMicros: 3500, toMicros: 5000 };
    expect(named(ask({ ask: 'step', from: undefined, step: 'after', seen }))).toBe('idle 3000–4000');
  });

  test('tells the callers of a call, and what it took itself', () => {
    const { ask } = served();
    const answer = ask({ ask: 'call', at: { sample: 4, depth: 3 } });
    expect(answer?.path.map(({ func }) => subject.label(func))).toEqual(['main', 'parse', 'read']);
    expect(ask({ ask: 'call', at: { sample: 1, depth: 2 } })?.call.selfMicros).toBe(1000);
    expect(ask({ ask: 'call', at: { sample: 3, depth: 2 } })).toBeUndefined();
    expect(ask({ ask: 'call', at: { sample: 99, depth: 1 } })).toBeUndefined();
  });

  test('finds the longest call of a function', () => {
    expect(named(served().ask({ ask: 'longest', func: funcOf('parse') }))).toBe('parse 0–2000');
  });

  test('answers of other stacks once something was done to them', () => {
    const { send, ask } = served();
    const parse = { name: 'parse', url: 'app.js', line: 0, column: 0 };
    send({
      type: 'transforms',
      transforms: [{ kind: 'hide', frames: { by: 'function', function: parse } }],
    });
    expect(named(ask({ ask: 'call', at: { sample: 0, depth: 2 } }))).toBe('read 0–1000');
    send({ type: 'transforms', transforms: [] });
    expect(named(ask({ ask: 'call', at: { sample: 0, depth: 2 } }))).toBe('parse 0–2000');
  });

  test('tells how busy the thread was in each part of the recording', () => {
    const { send, reports } = served();
    send({
      type: 'activity',
      parts: 6,
      kinds: new Uint8Array(subject.profile.functions.length),
      kindCount: 1,
    });
    const last = reports.at(-1);
    const micros = last?.type === 'activity' ? last.activity.micros : [];
    expect(micros.reduce((sum, kind) => sum + kind.reduce((all, part) => all + part, 0), 0)).toBe(6000);
  });
});
