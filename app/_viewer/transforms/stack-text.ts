import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import { isRoot } from '../flame/function-labels.ts';
import type { Subject } from '../state/subject.ts';

/**
 * A call with all that called it, as a stack trace reads: what was called last comes first, each function with its place.
 *
 * @param isInverted callers stand below what they called in the tree
 */
export function stackText(
  subject: Pick<Subject, 'profile' | 'label' | 'place'>,
  tree: CallTree,
  row: IndexIntoCallTree,
  isInverted: boolean,
): string {
  const path: number[] = [];
  for (let at = row; at >= 0; at = tree.parent[at] as number) path.push(tree.func[at] as number);
  return (isInverted ? path.reverse() : path)
    .filter((func) => !isRoot(subject.profile, func))
    .map((func) => {
      const place = subject.place(func);
      return place === '' ? subject.label(func) : `${subject.label(func)} (${place})`;
    })
    .join('\n');
}
