'use client';

import { Suspense } from 'react';
import { lazyPart } from '../_ui/lazy-part.ts';
import { Skeleton } from '../_ui/states.tsx';
import type { ResourceItemsProps } from './resource-items.tsx';

const Items = lazyPart(() => import('./resource-items.tsx'));

/** Loaded when the first resource is opened. */
export function ResourceItems(props: ResourceItemsProps) {
  return (
    <Suspense fallback={<Skeleton className="h-6 w-full" />}>
      <Items {...props} />
    </Suspense>
  );
}
