import { HOSTILE_NAMES, type HostileFile, jsonFile, TOO_DEEP, textFile } from './hostile-file.ts';

const frames = [{ name: 'main' }, { name: 'read' }];
const head = { unit: 'microseconds', startValue: 0, endValue: 9 };
const sampled = (samples: unknown, weights: unknown, name: unknown = 's') => ({
  ...head,
  type: 'sampled',
  name,
  samples,
  weights,
});
const evented = (...events: readonly (readonly [type: unknown, frame: unknown, at: unknown])[]) => ({
  ...head,
  type: 'evented',
  name: 'e',
  events: events.map(([type, frame, at]) => ({ type, frame, at })),
});
const file = (...profiles: unknown[]) => ({ shared: { frames }, profiles });

export function hostileSpeedscopes(): readonly HostileFile[] {
  const named = Object.entries(HOSTILE_NAMES).map(([what, name]) =>
    jsonFile(`name-of-${what}.speedscope.json`, {
      shared: { frames: [{ name, file: name }] },
      profiles: [sampled([[0]], [1], name), sampled([[0]], [2], name)],
    }),
  );
  const opened = Array.from({ length: TOO_DEEP }, (_, index) => ['O', 0, index] as const);
  const said = Object.entries({
    'end-without-a-beginning': file(evented(['C', 0, 1])),
    'end-of-another': file(evented(['O', 0, 1], ['C', 1, 2])),
    'beginning-without-an-end': file(evented(['O', 0, 1])),
    'time-that-runs-back': file(evented(['O', 0, 5], ['C', 0, 1])),
    'event-of-no-kind': file(evented(['X', 0, 5])),
    'event-without-a-time': file(evented(['O', 0, undefined])),
    'frame-that-is-not-there': file(sampled([[0, 9]], [1])),
    'frame-that-is-negative': file(sampled([[-1]], [1])),
    'frame-that-is-huge': file(sampled([[4_294_967_296]], [1])),
    'frame-that-is-a-text': file(sampled([['0']], [1])),
    'weight-that-is-negative': file(sampled([[0]], [-1])),
    'weight-that-is-null': file(sampled([[0]], [null])),
    'fewer-weights-than-samples': file(sampled([[0], [0]], [1])),
    'unit-of-its-own': file({ ...sampled([[0]], [1]), unit: '<b>parsecs</b>' }),
    'both-kinds': file({ ...sampled([[0]], [1]), events: [] }),
    'neither-kind': file({ type: 'sampled', name: 'x' }),
    'profiles-that-are-an-object': { shared: { frames }, profiles: { 0: sampled([[0]], [1]) } },
    'no-profiles': file(),
    'no-frames': { profiles: [sampled([[0]], [1])] },
    'frame-without-a-name': { shared: { frames: [{ file: 'x' }] }, profiles: [] },
    'stack-without-end': file(evented(...opened)),
    'stack-of-one-sample-without-end': file(sampled([new Array<number>(TOO_DEEP).fill(0)], [1])),
    'twenty-thousand-profiles': file(...Array.from({ length: 20_000 }, () => sampled([[0]], [1]))),
    'nine-hundred-profiles-of-one-name': file(...Array.from({ length: 900 }, () => sampled([[0]], [1]))),
  }).map(([what, json]) => jsonFile(`${what}.speedscope.json`, json));
  return [
    ...named,
    ...said,
    textFile(
      'weight-beyond-doubles.speedscope.json',
      '{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","samples":[[0]],"weights":[1e999]}]}',
    ),
  ];
}
