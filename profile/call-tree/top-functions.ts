import type { IndexIntoFunctionTable, Profile } from '../model/profile.ts';
import { type CallTreeOptions, toCallTree } from './call-tree.ts';
import { toFunctionTotals } from './function-totals.ts';

interface FunctionShare {
  readonly func: IndexIntoFunctionTable;
  readonly name: string;
  readonly url: string;
  /** Counted from 1; 0 when not known. */
  readonly line: number;
  readonly self: number;
  readonly total: number;
  readonly selfCount: number;
  readonly totalCount: number;
}

interface TopFunctions {
  readonly functions: readonly FunctionShare[];
  /** What 100 % is. */
  readonly total: number;
  readonly totalCount: number;
  /** What was left out of it. */
  readonly idle: number;
}

/** The functions with the most self (or total), at most `limit` of them, as a short list of plain objects. */
export function topFunctions(
  profile: Profile,
  options: CallTreeOptions & { readonly by?: 'self' | 'total'; readonly limit?: number } = {},
): TopFunctions {
  const tree = toCallTree(profile, options);
  const totals = toFunctionTotals(tree, profile.functions.length);
  const by = totals[options.by ?? 'self'];
  const hit = Array.from(by.keys()).filter(
    (func) =>
      ((totals.totalCount[func] as number) > 0 || (totals.total[func] as number) > 0) &&
      func !== tree.func[0],
  );
  hit.sort((a, b) => (by[b] as number) - (by[a] as number) || a - b);
  const { functions, strings } = profile;
  return {
    functions: hit.slice(0, options.limit ?? 50).map((func) => ({
      func,
      name: strings[functions.name[func] as number] ?? '',
      url: strings[functions.url[func] as number] ?? '',
      line: functions.line[func] as number,
      self: totals.self[func] as number,
      total: totals.total[func] as number,
      selfCount: totals.selfCount[func] as number,
      totalCount: totals.totalCount[func] as number,
    })),
    total: tree.total[0] as number,
    totalCount: tree.totalCount[0] as number,
    idle: tree.idle.value,
  };
}
