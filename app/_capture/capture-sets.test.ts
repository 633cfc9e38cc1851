import { describe, expect, it } from 'vitest';
import type { Artifact, Capture, CaptureId, InstanceId } from '#contract';
import {
  comparableWith,
  compareHref,
  differencesOf,
  inOrderOfTime,
  MOST_TOGETHER,
  parseCaptureIds,
  startedTogether,
  togetherOf,
} from './capture-sets.ts';

const ARTIFACT = { sizeBytes: 1 } as Artifact;
let number = 0;

/** A complete CPU profile unless said otherwise; later ones were requested later. */
function aCapture(part: Partial<Capture> = {}): Capture {
  number++;
  return {
    id: `cap_${String(number).padStart(20, '0')}` as CaptureId,
    kind: 'cpu',
    service: 'game',
    serviceVersion: '1.0.0',
    instanceId: 'game.1' as InstanceId,
    instanceName: 'game-1',
    thread: 'main',
    requestedAt: new Date(Date.UTC(2026, 2, 5, 12, 0, number)).toISOString(),
    status: { state: 'complete', since: '' },
    artifact: ARTIFACT,
    ...part,
  } as Capture;
}
const ofInstance = (name: string, part: Partial<Capture> = {}) =>
  aCapture({ instanceId: `game.${name}` as InstanceId, instanceName: name, ...part });

describe('captures that are put together', () => {
  it('must be at least two, of one sampled kind, and complete', () => {
    expect(togetherOf([aCapture(), aCapture()])).toEqual({ state: 'able', kind: 'cpu' });
    expect(togetherOf([aCapture()])).toEqual({ state: 'too-few' });
    expect(togetherOf([aCapture(), aCapture({ kind: 'heap' })])).toEqual({
      state: 'unlike',
      kinds: ['cpu', 'heap'],
    });
    expect(togetherOf([aCapture({ kind: 'trace' }), aCapture({ kind: 'trace' })])).toEqual({
      state: 'not-sampled',
      kind: 'trace',
    });
    expect(togetherOf([aCapture(), aCapture({ artifact: null })])).toEqual({ state: 'incomplete', count: 1 });
  });

  it('are no more than one browser can hold', () => {
    const many = Array.from({ length: MOST_TOGETHER + 1 }, () => aCapture());
    expect(togetherOf(many)).toEqual({ state: 'too-many', count: MOST_TOGETHER + 1 });
    expect(togetherOf(many.slice(1)).state).toBe('able');
  });

  it('stand in the order in which they were requested', () => {
    const [first, second] = [aCapture(), aCapture()];
    expect(inOrderOfTime([second, first])).toEqual([first, second]);
  });
});

describe('what a capture can be compared with', () => {
  it('is of the same kind, complete, and not itself', () => {
    const capture = aCapture();
    const other = aCapture();
    const all = [capture, other, aCapture({ kind: 'heap' }), aCapture({ artifact: null })];
    expect(comparableWith(capture, all)).toEqual([other]);
  });

  it('comes from its own service first, the newest first', () => {
    const capture = aCapture();
    const older = aCapture();
    const newer = aCapture();
    const elsewhere = aCapture({ service: 'lobby' });
    expect(comparableWith(capture, [elsewhere, older, newer])).toEqual([newer, older, elsewhere]);
  });

  it('differs in what is told, and in time alone where nothing is', () => {
    const capture = aCapture();
    expect(differencesOf(aCapture(), capture)).toEqual([]);
    expect(differencesOf(ofInstance('game-2', { serviceVersion: '1.1.0' }), capture)).toEqual([
      'version',
      'instance',
    ]);
    // The version of another service is no other version of this one.
    expect(differencesOf(ofInstance('lobby-1', { service: 'lobby', serviceVersion: '9' }), capture)).toEqual([
      'service',
      'instance',
    ]);
  });
});

describe('captures that were started together', () => {
  it('are of several instances and one kind, in the order of time', () => {
    const [one, two] = [ofInstance('game-1'), ofInstance('game-2')];
    expect(startedTogether([two, one, ofInstance('game-1', { kind: 'heap' })])).toEqual([one, two]);
  });

  it('are none where only one instance was captured, however often', () => {
    expect(startedTogether([ofInstance('game-1'), ofInstance('game-1')])).toBeUndefined();
  });

  it('are counted while they are under way, and not once they came to nothing', () => {
    const running = ofInstance('game-2', { artifact: null, status: { state: 'starting', since: '' } });
    const failed = ofInstance('game-3', {
      artifact: null,
      status: { state: 'failed', since: '', code: '', message: '' },
    });
    const done = ofInstance('game-1');
    expect(startedTogether([done, running, failed])).toEqual(expect.arrayContaining([done, running]));
    expect(startedTogether([done, failed])).toBeUndefined();
  });
});

describe('ids in an address', () => {
  it('are read as they were written, each once', () => {
    const [one, two] = [aCapture().id, aCapture().id];
    const query = new URL(compareHref([one, two], [one]), 'http://console').searchParams;
    expect(parseCaptureIds(query.get('before'))).toEqual([one, two]);
    expect(parseCaptureIds(query.get('after'))).toEqual([one]);
    expect(parseCaptureIds(`${one},${one},${two}`)).toEqual([one, two]);
  });

  it('leave out what can be no id', () => {
    expect(parseCaptureIds(`../../etc,${'x'.repeat(40)},,cap_`)).toEqual([]);
    expect(parseCaptureIds(null)).toEqual([]);
  });
});
