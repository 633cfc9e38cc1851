import type { LibraryFinding } from '../../../in-thread/locks/libraries/library-bench.ts';
import type { LockTable } from '../../../in-thread/locks/lock-recorder.ts';
import type { LockSubjects } from '../../../in-thread/locks/lock-tools.ts';
import { LockPlaces } from './lock-profile.ts';

const mostNamed = 8;
const mostLongest = 3;
const howToRegister =
  "In the service: const lock = agent.trackLock({ id: 'lock:wallet', name: 'Wallet' }), and around its use " +
  'const turn = lock.waiting(); turn.acquired(); turn.released(). Libraries that are followed without a line: ' +
  'async-mutex 0.4 to 0.5, generic-pool 3.4 to 3.9, pg (pg-pool 3.4 to 3.14).';

/** Why there is nothing to record, with what to do about it; undefined when there is something. */
export function nothingToFollow({ registered, libraries }: LockSubjects): string | undefined {
  if (registered.length > 0 || libraries.some(({ state }) => state === 'followed')) return undefined;
  const others = libraries.map(leftAlone);
  return [
    'The service has registered no lock, and no known library with locks is loaded.',
    ...others,
    howToRegister,
  ].join(' ');
}

/** What is followed, and what is not and why. */
export function subjectRemarks({ registered, libraries }: LockSubjects, hasWorkers: boolean): string[] {
  const followed = libraries.filter(({ state }) => state === 'followed');
  const followedNames = [
    ...(registered.length > 0 ? [`the registered ${listOf(registered)}`] : []),
    ...followed.map(({ name, version }) =>
      version === '' ? `${name} as the service has handed it over` : `${name} ${version}`,
    ),
  ];
  return [
    followedNames.length > 0
      ? `Follows ${followedNames.join(', ')}.`
      : 'Nothing in this thread can be followed: no lock is registered, no known library loaded.',
    ...libraries.filter(({ state }) => state !== 'followed').map(leftAlone),
    ...(hasWorkers
      ? ['In worker threads only libraries are followed: locks are registered in the main thread.']
      : []),
  ];
}

/** What came of it, in numbers. */
export function resultRemarks(table: LockTable): string[] {
  const places = new LockPlaces(table);
  const contentions = sum(table.waits.map((row) => row.contentions));
  const remarks = [
    contentions === 0
      ? `Nobody had to wait: ${count(sum(table.holds.map(({ holds }) => holds)), 'hold')} in ${seconds(table.recordedMs)}.`
      : `${count(contentions, 'wait')} took ${time(sum(table.waits.map((row) => row.delayNanos)))} together.`,
  ];
  const waits = longest(table.waits).map(
    ({ lock, stack, holder, longestNanos }) =>
      `${time(longestNanos)} for ${places.nameOf(lock)} in ${places.placeOf(stack, lock)}, held by ${places.placeOf(holder, lock)}`,
  );
  const holds = longest(table.holds).map(
    ({ lock, stack, longestNanos }) =>
      `${time(longestNanos)} of ${places.nameOf(lock)} by ${places.placeOf(stack, lock)}`,
  );
  if (waits.length > 0) remarks.push(`The longest waits: ${waits.join('; ')}.`);
  if (holds.length > 0) remarks.push(`The longest holds: ${holds.join('; ')}.`);
  return [...remarks, ...openRemarks(table), ...sparedRemarks(table), howToRead];
}

const howToRead =
  'Contentions and delay are by who waited; the innermost frame is who gave the lock back at last. ' +
  'Blocking is the same delay by whoever had the lock while it went by, holds and held are by who had it. ' +
  'Queues are in captures of kind wait.';

function openRemarks({ waits, holds }: LockTable): string[] {
  const waiting = sum(waits.filter(({ outcome }) => outcome === 'waiting').map((row) => row.contentions));
  const held = sum(holds.map((row) => row.stillHeld));
  const gaveUp = sum(waits.filter(({ outcome }) => outcome === 'gave up').map((row) => row.contentions));
  return [
    ...(waiting + held > 0
      ? [
          `At the end ${count(waiting, 'wait')} and ${count(held, 'hold')} went on: they count as long as they had lasted.`,
        ]
      : []),
    ...(gaveUp > 0
      ? [`${count(gaveUp, 'wait')} ended without the lock: by a time-out, a cancellation or an error.`]
      : []),
  ];
}

function sparedRemarks({ spared }: LockTable): string[] {
  if (spared === 0) return [];
  return [
    `${spared} times the stack was not taken, to spare the thread: those count under "(stack not taken)", with exact times.`,
  ];
}

function leftAlone({ name, version, state, known }: LibraryFinding): string {
  switch (state) {
    case 'followed':
      return '';
    case 'version unknown':
      return `${name} ${version} is left alone: ${known} is known.`;
    case 'shape unknown':
      return `${name} ${version} is left alone: its classes are not as they are known.`;
    case 'not loaded as CommonJS':
      return `${name} ${version} is installed and not loaded as CommonJS: where it is imported as an ES module, agent.followLocks(library) has it followed.`;
    default:
      return state satisfies never;
  }
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown;
}

/** Of different places, the longest first. */
function longest<Row extends { longestNanos: number }>(rows: readonly Row[]): Row[] {
  return rows
    .filter(({ longestNanos }) => longestNanos > 0)
    .toSorted((one, other) => other.longestNanos - one.longestNanos)
    .slice(0, mostLongest);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function time(nanos: number): string {
  const ms = nanos / 1e6;
  if (ms >= 1000) return seconds(ms);
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(ms >= 0.1 ? 1 : 3)} ms`;
}
