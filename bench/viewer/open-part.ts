import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from '../harness/bench.ts';
import { launchBrowser } from '../harness/browser.ts';
import type { Part, PartContext } from '../harness/parts.ts';
import { ServerProcess } from '../harness/server-process.ts';
import { median } from '../harness/statistics.ts';
import { type Opening, openFile } from './open-file.ts';
import { capturePlatform } from './platform-captures.ts';
import { LARGE, MIDDLE, type ReferenceSize, writeCpuProfile } from './reference-cpu-profile.ts';
import { cpupro, installPeers, ours, speedscope, type Viewer } from './viewers.ts';

const MEGABYTE = 1e6;

/** The openings of a file by each viewer's name. */
type Openings = ReadonlyMap<string, readonly Opening[]>;

/** Each viewer in turns, each time in a browser of its own. One that fails is measured no further; its place stays empty. */
async function openInTurns(
  viewers: readonly Viewer[],
  path: string,
  { runs, note }: PartContext,
): Promise<Openings> {
  const all = new Map<string, Opening[]>(viewers.map(({ name }) => [name, []]));
  const failed = new Set<string>();
  for (let run = 1; run <= runs; run++)
    for (const viewer of viewers) {
      if (failed.has(viewer.name)) continue;
      const browser = await launchBrowser();
      try {
        const opening = await openFile(browser, viewer, path);
        all.get(viewer.name)?.push(opening);
        note(`  run ${run} of ${runs}, ${viewer.name}: ${JSON.stringify(opening)}`);
      } catch (error) {
        failed.add(viewer.name);
        note(`  run ${run} of ${runs}, ${viewer.name} failed: ${String(error).split('\n', 1)[0]}`);
      } finally {
        await browser.close();
      }
    }
  return all;
}

async function measure(size: ReferenceSize, peers: readonly Viewer[], context: PartContext) {
  installPeers();
  const path = join(context.folder, 'reference.cpuprofile');
  const { sizeBytes, frames } = writeCpuProfile(path, size);
  context.note(
    `  a file of ${Math.round(sizeBytes / MEGABYTE)} MB with ${size.nodes} nodes, ${size.samples} samples and ${frames} frames in the order of time`,
  );
  await using server = await ServerProcess.start({ pages: true });
  const all = await openInTurns([ours(server.origin), ...peers], path, context);
  await rm(path);
  return (viewer: string, of: keyof Opening) => medianOf(all, viewer, of);
}

function medianOf(all: Openings, viewer: string, of: keyof Opening): number {
  return median((all.get(viewer) ?? []).map((opening) => opening[of]));
}

const MEMORY = 'resident memory of the process of the page and its workers';

/** 94 MB, with speedscope beside it. */
export const openPart: Part = {
  name: 'open',
  runs: 5,
  async run(context) {
    const of = await measure(MIDDLE, [cpupro(), speedscope()], context);
    const figures: Record<string, Figure> = {
      openRatioToCpupro: {
        value: of('ours', 'openMs') / of('cpupro', 'openMs'),
        target: { atMost: 0.5 },
        meaning: '94 MB, from the choice of the file to the second animation frame after the flame graph',
      },
      openMs: { value: of('ours', 'openMs'), meaning: 'the same of ours alone' },
      cpuproOpenMs: { value: of('cpupro', 'openMs'), meaning: 'of cpupro' },
      openMb: {
        value: of('ours', 'peakMb'),
        target: { atMost: 400 },
        meaning: `the most that it took: ${MEMORY}`,
      },
      cpuproOpenMb: { value: of('cpupro', 'peakMb'), meaning: 'of cpupro' },
    };
    const speedscopeMs = of('speedscope', 'openMs');
    if (Number.isFinite(speedscopeMs)) {
      figures.openRatioToSpeedscope = {
        value: of('ours', 'openMs') / speedscopeMs,
        meaning: 'against speedscope, where it opens the file at all',
      };
      figures.speedscopeOpenMb = { value: of('speedscope', 'peakMb'), meaning: 'of speedscope' };
    }
    return figures;
  },
};

/** 466 MB, which speedscope does not open. */
export const openLargePart: Part = {
  name: 'open-large',
  runs: 3,
  async run(context) {
    const of = await measure(LARGE, [cpupro()], context);
    return {
      openLargeRatioToCpupro: {
        value: of('ours', 'openMs') / of('cpupro', 'openMs'),
        target: { atMost: 0.6 },
        meaning: '466 MB, from the choice of the file to the second animation frame after the flame graph',
      },
      openLargeMs: { value: of('ours', 'openMs'), meaning: 'the same of ours alone' },
      cpuproOpenLargeMs: { value: of('cpupro', 'openMs'), meaning: 'of cpupro' },
      openLargeMb: { value: of('ours', 'peakMb'), meaning: `the most that it took: ${MEMORY}` },
      cpuproOpenLargeMb: { value: of('cpupro', 'peakMb'), meaning: 'of cpupro' },
    };
  },
};

/** What the example platform's processes did, in files as small as most are. */
export const openPlatformPart: Part = {
  name: 'open-platform',
  runs: 3,
  async run(context) {
    installPeers();
    await using server = await ServerProcess.start({ pages: true });
    const captures = await capturePlatform(server, context.folder);
    const ratios: Record<'cpupro' | 'speedscope', number[]> = { cpupro: [], speedscope: [] };
    const ourMs: number[] = [];
    for (const { instance, path, sizeBytes } of captures) {
      context.note(`  ${instance}, ${(sizeBytes / MEGABYTE).toFixed(1)} MB`);
      const all = await openInTurns([ours(server.origin), cpupro(), speedscope()], path, context);
      const openMs = medianOf(all, 'ours', 'openMs');
      ourMs.push(openMs);
      ratios.cpupro.push(openMs / medianOf(all, 'cpupro', 'openMs'));
      ratios.speedscope.push(openMs / medianOf(all, 'speedscope', 'openMs'));
      await rm(path);
    }
    return {
      openPlatformMs: {
        value: median(ourMs),
        meaning: `a capture of a process of the example platform, from the choice of the file to the second animation frame after the flame graph; the median of ${captures.length} processes`,
      },
      openPlatformMb: {
        value: median(captures.map(({ sizeBytes }) => sizeBytes / MEGABYTE)),
        meaning: 'how large these files are',
      },
      openPlatformRatioToCpupro: { value: median(ratios.cpupro), meaning: 'against cpupro' },
      openPlatformRatioToSpeedscope: { value: median(ratios.speedscope), meaning: 'against speedscope' },
    };
  },
};
