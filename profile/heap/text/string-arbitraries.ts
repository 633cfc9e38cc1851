import fc from 'fast-check';
import type { DrawnNode } from './heap-drawing.ts';

/** Short pieces that repeat, in capitals or not, in one to four bytes each. */
const PIECES = ['', 'a', 'b', 'ab', 'aB', 'lob', 'by', 'ä', '€', '𝄞', 'lobby'];

/** A heap of strings that were put together from others, of which many are alike, and what each says. */
export function anyStrings(most: number): fc.Arbitrary<{ nodes: DrawnNode[]; texts: readonly string[] }> {
  const part = fc.nat();
  const string = fc.oneof(fc.constantFrom(...PIECES), fc.record({ first: part, second: part }));
  return fc.array(string, { minLength: 1, maxLength: most }).map((strings) => {
    const texts: string[] = [''];
    const nodes: DrawnNode[] = [nodeOf(0, 'synthetic', '')];
    for (const each of strings) {
      const place = nodes.length;
      const isFlat = typeof each === 'string' || place === 1;
      const [first, second] = isFlat
        ? [0, 0]
        : [1 + (each.first % (place - 1)), 1 + (each.second % (place - 1))];
      const text = isFlat ? (typeof each === 'string' ? each : '') : `${texts[first]}${texts[second]}`;
      const node = nodeOf(place, isFlat ? 'string' : 'concatenated string', isFlat ? text : '');
      if (!isFlat) {
        node.edges.push({ type: 'internal', name: 'first', to: first });
        node.edges.push({ type: 'internal', name: 'second', to: second });
      }
      nodes[0]?.edges.push({ type: 'element', name: String(place), to: place });
      nodes.push(node);
      texts.push(text);
    }
    return { nodes, texts };
  });
}

function nodeOf(place: number, type: DrawnNode['type'], name: string): DrawnNode {
  return {
    name,
    type,
    id: 2 * place + 1,
    selfSize: place === 0 ? 0 : 10 + place,
    detachedness: 0,
    edges: [],
  };
}
