'use client';

import { lazy, Suspense } from 'react';
import { Skeleton } from '../_ui/states.tsx';
import type { ResourceItemsProps } from './resource-items.tsx';

const Items = lazy(() => import('./resource-items.tsx'));

/** Loaded when the first resource is opened. */
export function ResourceItems(props: ResourceItemsProps) {
  return (
    <Suspense fallback={<Skeleton className="h-6 w-full" />}>
      <Items {...props} />
    </Suspense>
  );
}
