import { type CallFrame, toFrame } from '../stacks/call-frame.ts';
import { takeCallSites } from '../stacks/call-sites.ts';

const depth = 40;

/**
 * What the thread was executing when it was interrupted to answer this, leaf first: nothing when it was waiting for events.
 * An evaluation that interrupts runs on top of the stack that it interrupts, so this costs no profiler, and finds a
 * function that has been running all along.
 */
export function readStack(): CallFrame[] {
  const sites = takeCallSites(readStack, depth);
  // The evaluated expression itself.
  return sites.slice(1).map(toFrame);
}
