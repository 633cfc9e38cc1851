import type { Profile } from '../model/profile.ts';

/** For tests: what a chart must know, found by writing all frames down. */
export interface MaterialisedFrame {
  readonly depth: number;
  /** The names from the root's callee down. */
  readonly path: string;
  readonly func: number;
  readonly firstSample: number;
  readonly endSample: number;
  readonly startMicros: number;
  readonly endMicros: number;
  readonly selfMicros: number;
}

/** In the order of time, callers first. */
export function materialise(profile: Profile): MaterialisedFrame[] {
  const { samples, defaultValueType } = profile;
  const durations = samples.values[defaultValueType] ?? new Int32Array(samples.length).fill(1);
  const frames: MaterialisedFrame[] = [];
  const stacks = Array.from(samples.node, (node) => stackOf(profile, node));
  const starts = [0];
  for (const duration of durations) starts.push((starts.at(-1) ?? 0) + duration);
  stacks.forEach((stack, first) => {
    stack.forEach((func, depth) => {
      const path = stack.slice(0, depth + 1).join();
      const goesOn = (at: number) =>
        stacks[at]?.slice(0, depth + 1).join() === path && (stacks[at]?.length ?? 0) > depth;
      if (first > 0 && goesOn(first - 1)) return;
      let end = first + 1;
      while (goesOn(end)) end++;
      let selfMicros = 0;
      for (let at = first; at < end; at++)
        if (stacks[at]?.length === depth + 1) selfMicros += durations[at] ?? 0;
      frames.push({
        depth,
        path,
        func,
        firstSample: first,
        endSample: end,
        startMicros: starts[first] ?? 0,
        endMicros: starts[end] ?? 0,
        selfMicros,
      });
    });
  });
  return frames;
}

/** The root first. */
function stackOf({ nodes }: Profile, leaf: number): number[] {
  const stack: number[] = [];
  for (let node = leaf; node >= 0; node = nodes.parent[node] ?? -1) stack.unshift(nodes.func[node] ?? 0);
  return stack;
}
