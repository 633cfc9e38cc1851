import type { Logger } from 'pino';
import type { InstanceDirectory } from '../instances/index.ts';
import type { Clock } from '../store/index.ts';
import type { ActionTimes } from './action-times.ts';
import type { LiveAction } from './live-action.ts';

/** What the run of an action needs of the service that started it. */
export interface RunHost {
  readonly instances: Pick<InstanceDirectory, 'find' | 'list' | 'findAgent' | 'onChange'>;
  /** Shown to agents, which refuse one below what they have seen. */
  readonly epoch: number;
  readonly times: ActionTimes;
  readonly clock: Clock;
  readonly log: Logger;
  /** Something about the action has changed and is to be saved and told. */
  changed(live: LiveAction): void;
}
