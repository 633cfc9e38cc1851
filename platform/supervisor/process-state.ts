/** What the process was asked to do to its main thread, as far as the supervisor knows. */
export type Strain = 'none' | 'spin' | 'native';

/**
 * `starting → running ⇄ paused`; every one of them → `waiting` (restarts at a time) when the process ends by itself,
 * → `stopping → stopped` or `→ starting` when it was asked for.
 */
export type ProcessState =
  | { state: 'stopped' }
  | { state: 'starting'; pid: number }
  | { state: 'running'; pid: number; strain: Strain }
  | { state: 'paused'; pid: number; strain: Strain }
  | { state: 'stopping'; pid: number }
  | { state: 'waiting'; restartDelayMs: number };

export const stopped = (): ProcessState => ({ state: 'stopped' });
export const starting = (pid: number): ProcessState => ({ state: 'starting', pid });
export const running = (pid: number, strain: Strain = 'none'): ProcessState => ({
  state: 'running',
  pid,
  strain,
});
export const paused = (pid: number, strain: Strain): ProcessState => ({ state: 'paused', pid, strain });
export const stopping = (pid: number): ProcessState => ({ state: 'stopping', pid });
export const waiting = (restartDelayMs: number): ProcessState => ({ state: 'waiting', restartDelayMs });

export function findPid(state: ProcessState): number | undefined {
  return 'pid' in state ? state.pid : undefined;
}
