import { toWaitType } from '../wait/resource-kinds.ts';
import type { WaitType } from '../waits/wait-sink.ts';

/** Operations that were begun before anybody watched: nothing is known of them but what they are. */
export interface OperationsBefore {
  type: WaitType;
  resource: string;
  count: number;
}

/**
 * What Node has under way, without the given ones. Timers that let the process end are not among them.
 *
 * @param followed how many of each resource are known otherwise
 */
export function readOperationsBefore(followed: ReadonlyMap<string, number>): OperationsBefore[] {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const known = new Map([...followed].map(([resource, count]) => [resource.toUpperCase(), count]));
  return [...counts].flatMap(([name, count]) => {
    const type = toTypeOfInfo(name);
    const unknown = count - (known.get(name.toUpperCase()) ?? 0);
    return type !== null && unknown > 0 ? [{ type, resource: name, count: unknown }] : [];
  });
}

/** Names in this list are the classes' own: `FSReqCallback` where `async_hooks` has `FSREQCALLBACK`. */
function toTypeOfInfo(name: string): WaitType | null {
  if (name === 'Timeout' || name === 'Immediate') return toWaitType(name);
  const type = toWaitType(name.toUpperCase());
  return type === 'other' ? null : type;
}
