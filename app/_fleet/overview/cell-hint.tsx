'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useEffect, useState } from 'react';
import type { Instance } from '#contract';
import { servicesQuery } from '../../_data/queries.ts';
import { useWords } from '../../_messages/words.tsx';
import { LiveFigure } from '../../_ui/live-figure.tsx';
import { Since } from '../../_ui/timestamp.tsx';
import { conditionOf, conditionSince, toneOf } from '../condition.ts';
import { ConditionGlyph, TONE_TEXT } from '../condition-glyph.tsx';
import { whyOf } from '../sentence.ts';

interface Place {
  id: string;
  left: number;
  top: number;
}

const WIDTH = 260;
const GAP = 6;

/**
 * Who a cell is, while the pointer or the focus is on it. One hint for all cells; what holds them is not rendered anew.
 */
export function CellHints({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<Place | null>(null);
  const show = (event: SyntheticEvent) => {
    const cell =
      event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-instance]') : null;
    const id = cell?.dataset.instance;
    if (cell === null || id === undefined) return setPlace(null);
    const box = cell.getBoundingClientRect();
    setPlace({ id, left: Math.min(box.left, window.innerWidth - WIDTH - 16), top: box.bottom + GAP });
  };
  const hide = () => setPlace(null);
  useEffect(() => {
    if (place === null) return;
    const away = () => setPlace(null);
    window.addEventListener('scroll', away, { passive: true, once: true });
    return () => window.removeEventListener('scroll', away);
  }, [place]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only shows to the eye what the links in it say
    <div onPointerOver={show} onPointerLeave={hide} onFocus={show} onBlur={hide}>
      {children}
      {place && <Hint place={place} />}
    </div>
  );
}

/** Hidden from screen readers: the link's own label says who it is and how. */
function Hint({ place }: { place: Place }) {
  const { t, f } = useWords();
  const services = useQuery(servicesQuery()).data ?? [];
  const instance = services.flatMap((service) => service.instances).find(({ id }) => id === place.id);
  if (instance === undefined) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-20 rounded-md border border-hairline-strong bg-raised px-3 py-2 shadow-float"
      style={{ left: place.left, top: place.top, width: WIDTH }}
    >
      <p className="flex items-center gap-2 font-medium">
        <ConditionGlyph condition={conditionOf(instance)} />
        <span className="truncate">{instance.name}</span>
        <span className="ml-auto font-normal text-muted">{instance.version}</span>
      </p>
      <State instance={instance} />
      {instance.connection.state === 'connected' && (
        <dl className="mt-1.5 grid grid-cols-3 gap-x-2 text-sm">
          <dt className="text-muted">{t.fleet.columns.cpu}</dt>
          <dt className="text-muted">{t.fleet.columns.memory}</dt>
          <dt className="text-muted">{t.fleet.overview.delay}</dt>
          <dd>
            <LiveFigure subject={instance.id} name="cpuCores" format={f.cores} />
          </dd>
          <dd>
            <LiveFigure subject={instance.id} name="rssBytes" format={f.bytes} />
          </dd>
          <dd>
            <LiveFigure subject={instance.id} name="loopDelayP99Ms" format={f.milliseconds} />
          </dd>
        </dl>
      )}
    </div>
  );
}

function State({ instance }: { instance: Instance }) {
  const { t } = useWords();
  const condition = conditionOf(instance);
  const why = whyOf(instance, t);
  return (
    <p className="mt-0.5">
      <span className={TONE_TEXT[toneOf(condition)]}>{t.fleet.conditions[condition]}</span>{' '}
      <span className="text-muted">
        <Since at={conditionSince(instance)} />
      </span>
      {why !== null && <span className="mt-0.5 block text-sm text-muted">{why}</span>}
    </p>
  );
}
