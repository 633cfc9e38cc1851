import { type Profile, toActivityOverTime } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import type { ChartHost } from './chart-host.ts';
import type { ActivityRequest, ChartReport, ChartRequest } from './protocol.ts';

/** The activity of a recording, which is seen with each of its pictures. */
export function activityOf(profile: Profile, { kinds, kindCount, parts }: ActivityRequest): ChartReport {
  return { type: 'activity', activity: toActivityOverTime(profile, kinds, kindCount, parts) };
}

/**
 * Answers at a port for the strip of a recording; what draws its chart is loaded when somebody asks for more than that. What is
 * asked meanwhile waits, and is served in its order.
 *
 * @param profile one with a timeline
 */
export function serveChart(
  profile: Profile,
  opened: OpenedProfile,
  port: MessagePort,
  loadHost: () => Promise<typeof ChartHost>,
  onFailure: (error: unknown) => void,
): void {
  const waiting: MessageEvent<ChartRequest>[] = [];
  const start = async () => {
    const Host = await loadHost();
    // Listens in place of what is here.
    new Host(profile, opened, port);
    for (const event of waiting) port.onmessage?.(event);
  };
  port.onmessage = (event: MessageEvent<ChartRequest>) => {
    if (event.data.type === 'activity') port.postMessage(activityOf(profile, event.data));
    else if (waiting.push(event) === 1) start().catch(onFailure);
  };
}
