import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { NODE_TYPE } from '../names/node-type.ts';

/**
 * What Node keeps modules in, by the names in its sources (`lib/internal/modules`, `lib/internal/bootstrap`): every process has
 * them, and they grow with the program, not with its work.
 */
const OF_MODULES: ReadonlySet<string> = new Set([
  'BuiltinModule',
  'LoadCache',
  'Module',
  'ModuleJob',
  'ModuleJobSync',
  'ModuleLoader',
  'ModuleMap',
  'ModuleRecord',
  'ModuleWrap',
  'Realm',
  'ResolveCache',
  'SourceMap',
  'SourceTextModule',
  'Module [CJS]',
]);

/** What V8 makes of a program: the more code, the more of it. */
const OF_CODE: ReadonlySet<number> = new Set([
  NODE_TYPE.code,
  NODE_TYPE.hidden,
  NODE_TYPE.synthetic,
  NODE_TYPE['object shape'],
  NODE_TYPE.array,
]);

/** Whether something that piles up belongs to any program that runs. */
export function isOrdinary({ graph }: HeapAnalysis, node: IndexIntoHeapNodes, className: string): boolean {
  return OF_CODE.has(graph.nodes.type[node] as number) || OF_MODULES.has(className);
}

/** Whether an object keeps what any program has: its modules, or all that is global, each thing in a place of its own. */
export function isCommonGround(className: string): boolean {
  return OF_MODULES.has(className) || GLOBALS.test(className);
}

/** How V8 names the global object of a context: `global`, `global / file://…`. */
const GLOBALS = /^(global|Window|system \/ NativeContext)( |$)/;
