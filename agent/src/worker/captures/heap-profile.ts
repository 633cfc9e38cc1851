import { toArrayPieces } from './cpu-profile.ts';

/**
 * The parts of V8's sampling heap profile that the agent looks at.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#type-SamplingHeapProfile
 */
export interface HeapProfile {
  head: HeapProfileNode;
  samples: readonly unknown[];
}

interface HeapProfileNode {
  children: readonly HeapProfileNode[];
  [key: string]: unknown;
}

const charactersPerPiece = 32 * 1024;

export function parseHeapProfile(reply: unknown): HeapProfile {
  const profile = (reply as { profile?: Partial<HeapProfile> } | undefined)?.profile;
  if (!Array.isArray(profile?.head?.children) || !Array.isArray(profile.samples)) {
    throw new TypeError('The recorder returned no heap profile.');
  }
  return profile as HeapProfile;
}

/** The profile's JSON in pieces. A node holds its children, so the tree is written without recursion, too. */
export function* toJsonPieces({ head, samples }: HeapProfile): Generator<string> {
  yield '{"head":';
  yield* toTreePieces(head);
  yield ',"samples":';
  yield* toArrayPieces(samples);
  yield '}';
}

function* toTreePieces(head: HeapProfileNode): Generator<string> {
  let text = openNode(head);
  const open = [{ children: head.children, next: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const child = level.children[level.next];
    if (child === undefined) {
      text += ']}';
      open.pop();
    } else {
      text += level.next === 0 ? openNode(child) : `,${openNode(child)}`;
      level.next += 1;
      open.push({ children: child.children, next: 0 });
    }
    if (text.length < charactersPerPiece) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** Everything of a node but its children, which follow. */
function openNode({ children: _, ...node }: HeapProfileNode): string {
  const text = JSON.stringify(node).slice(0, -1);
  return text === '{' ? '{"children":[' : `${text},"children":[`;
}
