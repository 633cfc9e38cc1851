import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** Where it was measured; the load at the beginning says how quiet it was. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  platform: string;
  node: string;
  loadAtStart: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
