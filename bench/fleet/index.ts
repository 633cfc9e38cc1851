import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../harness/bench.ts';
import { launchBrowser } from '../harness/browser.ts';
import { poll } from '../harness/poll.ts';
import { watchResidentMb } from '../harness/process-figures.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { median, percentile } from '../harness/statistics.ts';
import { DeathWatch } from './death-watch.ts';
import { measurePlainScroll, measureScroll } from './scroll.ts';
import { SimulatedFleet } from './simulated-fleet.ts';

const SIZE = { groups: 10, agentsPerGroup: 50, agentsPerService: 5 };
const STEADY_MS = 20_000;
/** How many of the groups are killed, one after the other. */
const KILLS = 5;
const SCROLLS = 5;

/** The 99th percentile of the server's loop delay since the metrics were read last. */
async function readLoopDelayMs(server: ServerProcess): Promise<number> {
  const metrics = String(await server.call('GET', '/metrics'));
  const seconds = /^opscenter_event_loop_delay_seconds\{quantile="0.99"\} (\S+)$/m.exec(metrics)?.[1];
  return Number(seconds) * 1000;
}

const inMs = (values: readonly number[]) => values.map((ms) => ms.toFixed(1)).join(', ');

/** Kills one group; how long it took for each of its agents until the event stream said that it is dead. */
async function killGroup(fleet: SimulatedFleet, group: number, watch: DeathWatch): Promise<number[]> {
  const killedAt = performance.now();
  await fleet.kill(group);
  const deaths = await poll(
    async () => {
      const seen = watch.deathsIn(String(group));
      return seen.length >= SIZE.agentsPerGroup ? seen : undefined;
    },
    `the deaths of group ${group}`,
    30_000,
  );
  return deaths.map((at) => at - killedAt);
}

export const fleet: Bench = {
  summary: 'the server and the overview with 500 agents',
  async run({ runs = SCROLLS, note }) {
    await using server = await ServerProcess.start({ pages: true });
    const memory = watchResidentMb(server.pid);
    await using agents = await SimulatedFleet.start(server, SIZE);
    note(`${SIZE.groups * SIZE.agentsPerGroup} agents are connected`);
    using watch = await DeathWatch.start(server.origin);
    await readLoopDelayMs(server);
    await sleep(STEADY_MS);
    const loopDelayP99Ms = await readLoopDelayMs(server);
    note(`loop delay P99 ${loopDelayP99Ms.toFixed(1)} ms over ${STEADY_MS / 1000} s`);

    const browser = await launchBrowser();
    const scrolls: number[] = [];
    const plainScrolls: number[] = [];
    try {
      for (let run = 0; run < runs; run++) {
        scrolls.push(await measureScroll(browser, server.origin));
        plainScrolls.push(await measurePlainScroll(browser));
      }
    } finally {
      await browser.close();
    }
    note(
      `frames while scrolling: P95 ${inMs(scrolls)} ms; a page with nothing on it ${inMs(plainScrolls)} ms`,
    );

    const detections: number[] = [];
    for (let group = 0; group < KILLS; group++) {
      const measured = await killGroup(agents, group, watch);
      note(
        `${measured.length} killed at once: the last was said to be dead after ${Math.max(...measured).toFixed(0)} ms`,
      );
      detections.push(...measured);
      await sleep(1_000);
    }
    return {
      runs,
      figures: {
        serverRssMb: {
          value: memory.stop().peakMb,
          target: { atMost: 400 },
          meaning: 'most memory of the server process',
        },
        loopDelayP99Ms: {
          value: loopDelayP99Ms,
          target: { atMost: 30 },
          meaning: "delay of the server's event loop, by its own /metrics",
        },
        deathDetectedP99Ms: {
          value: percentile(detections, 0.99),
          target: { atMost: 3000 },
          meaning: 'from kill -9 of 50 at once until the event stream says dead',
        },
        scrollP95Ms: {
          value: median(scrolls),
          target: { atMost: 20 },
          meaning: 'between two frames while the overview is scrolled',
        },
        plainScrollP95Ms: {
          value: median(plainScrolls),
          meaning: 'the same for a page with nothing on it',
        },
      },
    };
  },
};
