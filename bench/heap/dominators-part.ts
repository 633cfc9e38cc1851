import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import type { Part, PartContext } from '../harness/parts.ts';
import { installDevTools } from '../peers/install-peer.ts';
import { capturedReferences } from './captures/take-captures.ts';
import { compareClasses, compareNodes, type Differences } from './compare-nodes.ts';
import { readNodeColumns } from './node-columns.ts';
import type { Opened, OpenedClass } from './opened.ts';
import { GENERATED, type Reference } from './references.ts';

const urlOf = (name: string) => new URL(`${name}-process.ts`, import.meta.url);

/** Every node and every class of every reference snapshot, ours beside DevTools'. */
export const dominatorsPart: Part = {
  name: 'dominators',
  runs: 1,
  async run(context) {
    const bundle = installDevTools();
    await using devTools = new BenchChild(urlOf('devtools'), [bundle]);
    await using ours = new BenchChild(urlOf('explorer'));
    const references = [...GENERATED, ...capturedReferences(context.folder)];
    const totals = new Map<string, number>();
    let nodes = 0;
    for (const reference of references) {
      const { differences, nodeCount } = await compare(reference, ours, devTools, context);
      nodes += nodeCount;
      for (const { what, count } of differences) totals.set(what, (totals.get(what) ?? 0) + count);
    }
    const all = `of ${nodes} nodes in ${references.length} snapshots`;
    const none = (what: string, meaning: string): Figure => ({
      value: totals.get(what) ?? 0,
      target: { atMost: 0 },
      meaning,
    });
    return {
      dominatorMismatches: none('dominator', `${all}, immediate dominators that DevTools has otherwise`),
      retainedMismatches: none('retained', 'the same of retained sizes, to the byte'),
      shallowMismatches: none('shallow', 'of shallow sizes'),
      distanceMismatches: none('distance', 'of distances'),
      classCountMismatches: none('class count', 'classes with another number of objects, or not there'),
      classShallowMismatches: none('class shallowBytes', 'classes with another shallow size'),
      classRetainedMismatches: none('class retainedBytes', 'classes that retain otherwise'),
    };
  },
};

async function compare(
  reference: Reference,
  ours: BenchChild,
  devTools: BenchChild,
  { folder, note }: PartContext,
): Promise<{ differences: Differences[]; nodeCount: number }> {
  const path = join(folder, 'reference.heapsnapshot');
  reference.write(path);
  try {
    const [left, right] = [await ours.ask<Opened>('open', path), await devTools.ask<Opened>('open', path)];
    if (left.nodeCount !== right.nodeCount || left.edgeCount !== right.edgeCount)
      throw new Error(`${reference.name}: ${left.nodeCount} nodes against ${right.nodeCount}`);
    const columns = async (child: BenchChild, name: string) => {
      const file = join(folder, name);
      await child.ask('writeColumns', file);
      const read = readNodeColumns(file, left.nodeCount);
      await rm(file);
      return read;
    };
    const nodes = compareNodes(await columns(ours, 'ours'), await columns(devTools, 'theirs'));
    const classes = compareClasses(
      await ours.ask<OpenedClass[]>('classes'),
      await devTools.ask<OpenedClass[]>('classes'),
    );
    const counts = [...nodes, ...classes].map(({ what, count }) => `${what} ${count}`);
    note(`  ${reference.name}, ${left.nodeCount} nodes, other than DevTools: ${counts.join(', ')}`);
    for (const { what, first } of nodes) {
      const described = await ours.ask<string[]>(
        'describe',
        first.map(({ of }) => of),
      );
      for (const [index, one] of first.entries())
        note(`    ${what} of node ${one.of}: ${one.ours}, DevTools ${one.theirs}; ${described[index]}`);
    }
    for (const { what, first } of classes)
      for (const one of first) note(`    ${what} of ${one.of}: ${one.ours}, DevTools ${one.theirs}`);
    return { differences: [...nodes, ...classes], nodeCount: left.nodeCount };
  } finally {
    await rm(path, { force: true });
  }
}
