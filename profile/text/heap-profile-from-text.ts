import { HeapProfileReader } from '../heapprofile/heap-profile-reader.ts';
import type { Profile } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { type CallFrameJson, callFrameFromText } from './frame-from-text.ts';

/** `HeapProfiler.SamplingHeapProfileNode`. */
export interface HeapNodeJson {
  callFrame: CallFrameJson;
  selfSize: number;
  id: number;
  children: HeapNodeJson[];
}

export interface HeapProfileJson {
  head: HeapNodeJson;
  samples: { size: number; nodeId: number; ordinal: number }[];
}

const LINE = /^(?<indent> *)(?<frame>\S.*?)(?: (?<bytes>\d+))?(?: x(?<samples>\d+))?$/;

/**
 * A heap profile drawn as text: a line is a call with the bytes that it allocated itself, callees are indented below their
 * callers. `x3`: it was sampled three times; once unless said otherwise.
 *
 * ```
 * main
 *   join 100
 *     Player 4000 x3
 * ```
 */
export function heapProfileFromText(text: string): HeapProfileJson {
  const head: HeapNodeJson = { callFrame: callFrameFromText('(root)'), selfSize: 0, id: 1, children: [] };
  const samples: HeapProfileJson['samples'] = [];
  const open: { node: HeapNodeJson; indent: number }[] = [{ node: head, indent: -1 }];
  let id = 1;
  for (const line of text.split('\n')) {
    const groups = LINE.exec(line.trimEnd())?.groups;
    if (groups?.frame === undefined) continue;
    const indent = groups.indent?.length ?? 0;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const selfSize = Number(groups.bytes ?? 0);
    const node = { callFrame: callFrameFromText(groups.frame), selfSize, id: ++id, children: [] };
    open.at(-1)?.node.children.push(node);
    open.push({ node, indent });
    const count = selfSize === 0 ? 0 : Number(groups.samples ?? 1);
    for (let sample = 0; sample < count; sample++)
      samples.push({ size: selfSize / count, nodeId: id, ordinal: samples.length + 1 });
  }
  return { head, samples };
}

export function readHeapProfile(json: string, kind: 'heap' | 'allocation' = 'heap'): Profile {
  const reader = new HeapProfileReader(kind);
  reader.push(new TextEncoder().encode(json));
  return chooseProfile(reader.end()).profile;
}
