import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE } from '../names/node-type.ts';
import type { LeakWay } from '../query/heap-query.ts';
import { holdingEdges } from './holders.ts';
import { clearestEdge, type FoundPlace, findPlace } from './place.ts';
import { classNameOf, nameOfClass, type Subject } from './subject.ts';
import type { PiledUp } from './suspicion.ts';

/** Where Node's EventEmitter and EventTarget keep who listens (`lib/events.js`, `lib/internal/event_target.js`). */
const EMITTER_FIELD = '_events';
const TARGET_FIELD = /\bkEvents\b/;
/** From the accumulation up to that field: an array of listeners, an entry of a map, the first of a list. */
const MOST_STEPS = 6;

/** What stands between a list of listeners and the emitter: plain objects, tables, lists. */
const PLUMBING = /^(\(.*\)|\{.*\}|Object|(Safe)?Map|Array|Listener)$/s;

/** Classes of Node's timers (`lib/internal/timers.js`). */
const TIMERS: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'TimersList', 'ImmediateList']);

/** The event that an accumulation listens for, and who emits it; undefined when it is no list of listeners. */
export function findListenedTo(subject: Subject, accumulation: IndexIntoHeapNodes): FoundPlace | undefined {
  const { analysis } = subject;
  let at = accumulation;
  let named: FoundPlace | undefined;
  for (let step = 0; step < MOST_STEPS; step++) {
    const field = holdingEdges(analysis, at).find((edge) => isListenersField(analysis, edge));
    if (field !== undefined) {
      const emitter = analysis.holderOf(field);
      if (named !== undefined && analysis.graph.strings.text(nameOf(analysis, field)) === EMITTER_FIELD)
        return { edge: named.edge, owner: emitter };
      return findPlace(analysis, emitter) ?? { edge: field, owner: emitter };
    }
    const edge = clearestEdge(analysis, at);
    if (edge === undefined) return undefined;
    at = analysis.holderOf(edge);
    if (!PLUMBING.test(classNameOf(subject, at))) return undefined;
    if (analysis.graph.edges.type[edge] === EDGE_TYPE.property) named = { edge, owner: at };
  }
  return undefined;
}

function isListenersField(analysis: HeapAnalysis, edge: number): boolean {
  if (analysis.graph.edges.type[edge] !== EDGE_TYPE.property) return false;
  const name = analysis.graph.strings.text(nameOf(analysis, edge));
  return name === EMITTER_FIELD || TARGET_FIELD.test(name);
}

function nameOf({ graph }: HeapAnalysis, edge: number): number {
  return graph.edges.nameOrIndex[edge] as number;
}

/** In what way things of a class pile up in an object, as far as the object and the class say. */
export function wayOf(subject: Subject, { accumulation, ofClass }: PiledUp): LeakWay {
  const piled = nameOfClass(subject.classes, ofClass);
  const within = classNameOf(subject, accumulation);
  if (TIMERS.has(piled) || TIMERS.has(within)) return 'timers';
  if (piled === 'Promise' || within === 'Promise') return 'promises';
  if (piled === 'Function' || within === 'system / Context') return 'closure';
  if (within.endsWith('Map')) return 'map';
  if (within.endsWith('Set')) return 'set';
  return within === 'Array' ? 'array' : 'object fields';
}
