import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Health } from '../http/contract/index.ts';
import { type Diagnosis, type HealthEvent, nextDiagnosis, type Symptom, unknownHealth } from './health.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const fine: Symptom = { kind: 'fine' };
const strained: Symptom = { kind: 'strained', reason: 'late' };
const stuckInJs: Symptom = { kind: 'stuck', where: 'js', reason: 'loop' };
const stuckSomewhere: Symptom = { kind: 'stuck', where: 'unknown', reason: 'silent' };
const second = (symptom: Symptom, firm = false): HealthEvent => ({ kind: 'second', symptom, firm });

function follow(events: HealthEvent[], from: Diagnosis = unknownHealth(now)): string {
  let diagnosis = from;
  return events
    .map((event) => {
      diagnosis = nextDiagnosis(diagnosis, event, now);
      return diagnosis.health.state;
    })
    .join(' ');
}

function inState(state: Health['state']): Diagnosis {
  const symptom = { well: fine, strained, stuck: stuckInJs, unknown: undefined }[state];
  if (!symptom) return unknownHealth(now);
  let diagnosis = unknownHealth(now);
  for (let index = 0; index < 4; index++) diagnosis = nextDiagnosis(diagnosis, second(symptom), now);
  expect(diagnosis.health.state).toBe(state);
  return diagnosis;
}

describe('the health of an instance', () => {
  test('is believed good at the first second', () => {
    expect(follow([second(fine)])).toBe('well');
  });

  // Rows are states; columns say after how many like seconds the state follows, a dash: never.
  test.each<[Health['state'], Symptom, number | undefined]>([
    ['unknown', fine, 1],
    ['unknown', strained, 3],
    ['unknown', stuckInJs, 3],
    ['well', fine, undefined],
    ['well', strained, 3],
    ['well', stuckInJs, 3],
    ['strained', fine, 2],
    ['strained', strained, undefined],
    ['strained', stuckInJs, 3],
    ['stuck', fine, 2],
    ['stuck', strained, 2],
    ['stuck', stuckInJs, undefined],
  ])('%s changes with $kind only after %s seconds', (state, symptom, seconds) => {
    const target = symptom.kind === 'fine' ? 'well' : symptom.kind;
    const expected = Array.from({ length: 4 }, (_, index) =>
      seconds !== undefined && index + 1 < seconds ? state : target,
    );
    expect(follow(Array(4).fill(second(symptom)), inState(state))).toBe(expected.join(' '));
  });

  test.each(['unknown', 'well', 'strained', 'stuck'] as const)(
    '%s is unknown when nothing is heard',
    (state) => {
      const diagnosis = inState(state);
      const next = nextDiagnosis(diagnosis, { kind: 'lost-sight' }, now);
      expect(next.health.state).toBe('unknown');
      if (state === 'unknown') expect(next).toBe(diagnosis);
    },
  );

  test('believes at once what is known for certain', () => {
    expect(follow([second(stuckInJs, true)], inState('well'))).toBe('stuck');
  });

  test('does not flicker: a good second between bad ones begins the count anew', () => {
    const events = [strained, strained, fine, strained, strained, fine].map((symptom) => second(symptom));
    expect(follow(events, inState('well'))).toBe('well well well well well well');
  });

  test('learns where a thread is stuck and does not forget it', () => {
    const stuck = nextDiagnosis(inState('well'), second(stuckSomewhere, true), now);
    const known = nextDiagnosis(stuck, second(stuckInJs, true), now + 9000);
    expect(known.health.since).toBe(stuck.health.since);
    const still = nextDiagnosis(known, second(stuckSomewhere, true), now);
    expect(known.health).toMatchObject({ state: 'stuck', where: 'js' });
    expect(still.health).toBe(known.health);
  });

  test('is always one of the contract, whatever comes', () => {
    const anyEvent = fc.oneof(
      fc.constant<HealthEvent>({ kind: 'lost-sight' }),
      fc.record({
        kind: fc.constant('second' as const),
        symptom: fc.constantFrom(fine, strained, stuckInJs, stuckSomewhere),
        firm: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let diagnosis = unknownHealth(now);
        for (const event of events) {
          diagnosis = nextDiagnosis(diagnosis, event, now);
          expect(Health.safeParse(diagnosis.health).success).toBe(true);
        }
      }),
    );
  });
});
