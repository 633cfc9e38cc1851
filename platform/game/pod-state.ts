/**
 * Whether a pod takes new rooms. `serving → cordoned → draining → drained`; a drain that is taken back leads to `serving`
 * from anywhere before its end. A drained pod stays so until it is restarted.
 */
export type PodState =
  | { state: 'serving' }
  | { state: 'cordoned'; since: number }
  | { state: 'draining'; since: number }
  | { state: 'drained'; since: number };

export type PodEvent = 'cordon' | 'await-games' | 'found-empty' | 'take-back';

export const serving = (): PodState => ({ state: 'serving' });

/** The state after the event; undefined where it cannot happen. @param now epoch milliseconds. */
export function nextPodState(current: PodState, event: PodEvent, now: number): PodState | undefined {
  switch (event) {
    case 'cordon':
      return current.state === 'serving' ? { state: 'cordoned', since: now } : undefined;
    case 'await-games':
      return current.state === 'cordoned' ? { state: 'draining', since: now } : undefined;
    case 'found-empty':
      return current.state === 'draining' ? { state: 'drained', since: now } : undefined;
    case 'take-back':
      return current.state === 'cordoned' || current.state === 'draining' ? serving() : undefined;
  }
}
