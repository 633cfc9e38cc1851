import { choice, useUrlState } from '../_ui/url-state.ts';
import { CHANGE_ORDERS, type ChangeOrder, PARTS, type Part, SCALES, type Scale } from './changes.ts';

const AS = choice(['diff', 'sides'], 'diff');
const PART = choice(PARTS, 'self');
const SCALE = choice(['', ...SCALES], '');
const ORDER = choice(CHANGE_ORDERS, 'size');

/** What the viewer's own state does not have: how the two are put beside each other. In the address, as all of it. */
export interface CompareOptions {
  readonly as: 'diff' | 'sides';
  readonly part: Part;
  readonly scale: Scale;
  readonly order: ChangeOrder;
  setAs(as: 'diff' | 'sides'): void;
  setPart(part: Part): void;
  setScale(scale: Scale): void;
  setOrder(order: ChangeOrder): void;
}

/** @param usual the scale unless the address says otherwise */
export function useCompareOptions(usual: Scale): CompareOptions {
  const [as, setAs] = useUrlState('as', AS);
  const [part, setPart] = useUrlState('part', PART);
  const [scale, setScale] = useUrlState('scale', SCALE);
  const [order, setOrder] = useUrlState('order', ORDER);
  return { as, part, scale: scale === '' ? usual : scale, order, setAs, setPart, setScale, setOrder };
}
