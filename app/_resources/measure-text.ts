import type { Measure } from '#contract';
import type { Formats } from '../_format/formats.ts';

/** Figures of a resource with the unit that the service gave; what is a unit of ours is written our way. */
export function measureText({ value, unit }: Pick<Measure, 'value' | 'unit'>, f: Formats): string {
  switch (unit) {
    case 'bytes':
    case 'byte':
    case 'By':
      return f.bytes(value);
    case 'ms':
      return f.milliseconds(value);
    case 's':
    case 'seconds':
      return f.duration(value);
    case 'ratio':
    case 'fraction':
      return f.percent(value);
    case '':
    case '1':
      return f.number(value, 2);
    default:
      // A rate such as "1/min" is written without its one.
      return unit.startsWith('1/')
        ? `${f.number(value, 2)}${unit.slice(1)}`
        : `${f.number(value, 2)}\u00a0${unit}`;
  }
}
