import { CpuProfileReader } from '../cpuprofile/cpu-profile-reader.ts';
import type { Micros, Profile } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { type CallFrameJson, callFrameFromText } from './frame-from-text.ts';

/** The parts of `Profiler.Profile` that the reader uses, for building files in tests. */
export interface CpuProfileJson {
  nodes: {
    id: number;
    callFrame: CallFrameJson;
    hitCount?: number;
    children?: number[];
    positionTicks?: { line: number; ticks: number }[];
  }[];
  startTime: number;
  endTime: number;
  samples: number[];
  timeDeltas: number[];
}

const SAMPLE_MICROS: Micros = 1000;

/**
 * A profile drawn as text: time goes to the right, a column is one sample of a millisecond, callers stand above callees.
 * Columns begin where the words of the first line begin, at least two spaces apart.
 *
 * ```
 * main  main  main  (idle)
 * parse parse draw
 * read
 * ```
 */
export function profileFromText(text: string): Profile {
  return readCpuProfile(JSON.stringify(cpuProfileFromText(text)));
}

export function readCpuProfile(json: string): Profile {
  const reader = new CpuProfileReader();
  reader.push(new TextEncoder().encode(json));
  return chooseProfile(reader.end()).profile;
}

export function cpuProfileFromText(text: string): CpuProfileJson {
  const stacks = stacksOf(text);
  const builder = new CpuProfileBuilder();
  const samples = stacks.map((stack) => builder.idOf(stack));
  return {
    nodes: builder.nodes,
    startTime: 0,
    endTime: samples.length * SAMPLE_MICROS,
    samples,
    timeDeltas: samples.map((_, index) => (index === 0 ? 0 : SAMPLE_MICROS)),
  };
}

function stacksOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const starts = [...(lines[0] ?? '').matchAll(/\S+(?: \S+)*/g)].map((match) => match.index);
  return starts.map((start, column) =>
    lines.map((line) => line.slice(start, starts[column + 1]).trim()).filter((frame) => frame !== ''),
  );
}

class CpuProfileBuilder {
  readonly nodes: CpuProfileJson['nodes'] = [];
  readonly #ids = new Map<string, number>();

  constructor() {
    this.#add('(root)');
  }

  idOf(stack: readonly string[]): number {
    let parent = 1;
    stack.forEach((frame, depth) => {
      const key = JSON.stringify(stack.slice(0, depth + 1));
      const id = this.#ids.get(key) ?? this.#add(frame);
      if (!this.#ids.has(key)) {
        this.#ids.set(key, id);
        const above = this.nodes[parent - 1];
        if (above) above.children = [...(above.children ?? []), id];
      }
      parent = id;
    });
    return parent;
  }

  #add(frame: string): number {
    const callFrame = callFrameFromText(frame);
    this.nodes.push({ id: this.nodes.length + 1, callFrame, hitCount: 0 });
    return this.nodes.length;
  }
}
