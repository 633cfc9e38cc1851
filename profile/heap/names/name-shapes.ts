import { inRanges, part, type Steps } from '../analysis/steps.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { NODE_TYPE } from './node-type.ts';
import { PropertyNames } from './property-names.ts';
import { ShapeReader, type Shapes } from './read-shapes.ts';
import { ShapeMatcher } from './shape-matcher.ts';

/** A shape is worth a class of its own when it is that of so many objects … */
const FEWEST_OBJECTS = 2;
/** … and of one plain object in so many: else a tail of rare ones hides what matters. */
const ONE_OBJECT_IN = 1000;

/**
 * Gives plain objects the shape that most of them have in common with them: one with `{id, name}` that also holds `seat` is
 * of the class `{id, name}` when that is common and `{id, name, seat}` is not. The rules are those of Chrome DevTools, so that
 * both tell the same classes.
 *
 * @param classOf changed in place, where it says `plain`
 * @param addClass the index of a class by its name
 */
export function* nameShapes(
  graph: HeapGraph,
  classOf: Uint32Array,
  plain: number,
  addClass: (name: string) => number,
): Steps<void> {
  const { type, length } = graph.nodes;
  const properties = new PropertyNames(graph);
  const reader = new ShapeReader(
    graph,
    properties,
    (node) => classOf[node] === plain && type[node] === NODE_TYPE.object,
  );
  yield* part(
    0,
    SHARE_OF_READING,
    inRanges(length, (from, to) => reader.read(from, to)),
  );
  const shapes = reader.finish();
  const common = chooseCommon(shapes);
  if (common.length === 0) return;

  const lists = common.map((shape) => properties.fittingOf(shapes.exampleOf(shape)));
  const classes = lists.map((list) => addClass(properties.format(list)));
  const matcher = new ShapeMatcher(lists, graph.strings.length);
  /** Of each shape that was told whole: what it matches is the same for all of its objects. -2 where it is not known yet. */
  const known = new Int32Array(shapes.count).fill(-2);
  const nameObjects = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const node = shapes.objects[at] as number;
      const shape = shapes.shapeOf[at] as number;
      let found = known[shape] as number;
      if (found === -2) {
        found = matcher.match(properties.allOf(node));
        if (shapes.isWhole(shape)) known[shape] = found;
      }
      if (found >= 0) classOf[node] = classes[found] as number;
    }
  };
  yield* part(SHARE_OF_READING, 1, inRanges(shapes.objects.length, nameObjects));
}

const SHARE_OF_READING = 0.7;

/** The most frequent first; of equals the one that stands first in the file. */
function chooseCommon({ count, counts, objects, isNamed }: Shapes): number[] {
  const fewest = Math.max(FEWEST_OBJECTS, objects.length / ONE_OBJECT_IN);
  const common: number[] = [];
  for (let shape = 0; shape < count; shape++) {
    if ((counts[shape] as number) >= fewest && isNamed(shape)) common.push(shape);
  }
  return common.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
}
