import { useEffect, useState } from 'react';
import type { OpenedProfile } from '../loading/protocol.ts';
import { ChartClient } from './chart-client.ts';

/** The chart of the profile that is shown; undefined where it has no order in time. */
export function useChartClient(
  profile: OpenedProfile,
  connect: (port: MessagePort) => void,
): ChartClient | undefined {
  const [client, setClient] = useState<ChartClient>();
  useEffect(() => {
    if (profile.totalMicros === undefined) return;
    const { port1, port2 } = new MessageChannel();
    const started = new ChartClient(port1);
    connect(port2);
    setClient(started);
    return () => {
      setClient(undefined);
      started.close();
    };
  }, [profile, connect]);
  return client;
}
