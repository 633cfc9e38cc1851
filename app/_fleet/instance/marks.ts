import type { TimelineEvent } from '#contract';
import type { PlotMark } from './plot.ts';

/** What of an instance's history is marked in its charts; the events below them say it in words. */
export function marksOf(events: readonly TimelineEvent[]): PlotMark[] {
  return events.flatMap((event) => {
    const look = lookOf(event);
    return look === null ? [] : [{ second: Math.floor(Date.parse(event.at) / 1000), ...look }];
  });
}

function lookOf(event: TimelineEvent): Pick<PlotMark, 'tone' | 'sign'> | null {
  switch (event.kind) {
    case 'capture-requested':
      return { tone: 'accent', sign: '◎' };
    case 'action-requested':
      return { tone: 'accent', sign: '▷' };
    case 'instance-interrupted':
      return { tone: 'attention', sign: '‖' };
    case 'instance-connected':
      return { tone: 'muted', sign: '○' };
    case 'instance-dead':
      return { tone: 'bad', sign: '×' };
    case 'instance-stopped':
      return { tone: 'muted', sign: '□' };
    case 'health-changed':
      return event.detail.to === 'stuck' && event.detail.from !== 'stuck' ? { tone: 'bad', sign: '■' } : null;
    default:
      return null;
  }
}
