import type { Instance } from '#contract';
import type { Formats } from '../../_format/formats.ts';
import type { Messages } from '../../_messages/catalogue.ts';

/** Below this, a delay is the timer's own and not worth saying exactly. */
const QUIET_DELAY_MS = 1;

/**
 * How a process is right now, in a sentence.
 *
 * @param delayMs the last P99 of its event-loop delay, where it was measured
 */
export function instanceSentence(
  instance: Instance,
  delayMs: number | null | undefined,
  nowMs: number,
  t: Messages,
  f: Formats,
): string {
  const words = t.fleet.instance.sentence;
  const { connection, health, name } = instance;
  const since = (at: string) => f.duration(Math.max(0, Math.round((nowMs - Date.parse(at)) / 1000)));
  switch (connection.state) {
    case 'connecting':
      return words.connecting(name);
    case 'interrupted':
      return words.interrupted(name, since(connection.since), connection.reason);
    case 'refused':
      return words.refused(name, connection.reason);
    case 'dead':
      return words.dead(name, since(connection.since), connection.reason);
    case 'stopped':
      return words.stopped(name, since(connection.since), connection.reason);
    case 'connected':
      break;
  }
  switch (health.state) {
    case 'unknown':
      return words.unknown(name);
    case 'well':
      if (delayMs === null || delayMs === undefined) return words.wellUnmeasured(name);
      return words.well(name, f.milliseconds(Math.max(QUIET_DELAY_MS, delayMs)));
    case 'strained':
      return words.strained(name, health.reason);
    case 'stuck': {
      const duration = since(health.since);
      if (health.where === 'js') return words.stuckJs(name, duration);
      return health.where === 'native'
        ? words.stuckNative(name, duration)
        : words.stuckUnknown(name, duration);
    }
  }
}
