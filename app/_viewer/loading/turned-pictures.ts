import {
  type CallTree,
  type FunctionName,
  type FunctionTotals,
  findFunction,
  type IndexIntoFunctionTable,
  type Profile,
  toCalleesTree,
  toCallersTree,
  toInvertedTree,
} from '#profile/index.ts';
import { type ToPictures, toPicture } from './merge-view.ts';

/** Callers of what took something itself, or both sides of one function; calls where a choice asks for neither. */
export const toTurnedPictures: ToPictures = (profile, calls, totals, { picture, middle }) => {
  const alone = { callers: undefined, middle: undefined };
  if (picture === 'callers') return { ...toPicture(toInvertedTree(calls)), ...alone };
  const func = picture === 'sandwich' ? findMiddle(profile, calls, totals, middle) : undefined;
  if (func === undefined) return { ...toPicture(calls), ...alone };
  return {
    ...toPicture(withoutRoot(toCalleesTree(calls, func))),
    callers: toPicture(withoutRoot(toCallersTree(calls, func))),
    middle: func,
  };
};

/** The tree from the one row below its root on, which is all of it. */
function withoutRoot<Tree extends CallTree>(tree: Tree): Tree {
  return {
    ...tree,
    length: tree.length - 1,
    parent: tree.parent.slice(1).map((row) => row - 1),
    func: tree.func.slice(1),
    depth: tree.depth.slice(1).map((depth) => depth - 1),
    end: tree.end.slice(1).map((row) => row - 1),
    self: tree.self.slice(1),
    total: tree.total.slice(1),
    selfCount: tree.selfCount.slice(1),
    totalCount: tree.totalCount.slice(1),
    ...('goesOn' in tree ? { goesOn: (tree.goesOn as Uint8Array).slice(1) } : {}),
    maxDepth: tree.maxDepth - 1,
  };
}

/** The function of that name, if it is there; else the one that took most itself. */
function findMiddle(
  profile: Profile,
  calls: CallTree,
  totals: FunctionTotals,
  name: FunctionName | undefined,
): IndexIntoFunctionTable | undefined {
  const named = name && findFunction(profile, name);
  if (named !== undefined && (totals.totalCount[named] as number) > 0) return named;
  let most: IndexIntoFunctionTable | undefined;
  for (const func of totals.self.keys()) {
    if (func === calls.func[0] || !((totals.totalCount[func] as number) > 0)) continue;
    if (most === undefined || (totals.self[func] as number) > (totals.self[most] as number)) most = func;
  }
  return most;
}
