import type { Metadata } from 'next';
import { preloadServices } from './_data/preload.ts';
import { Overview } from './_fleet/overview/overview.tsx';

/** The layout's template is for the segments below its own; this page is in the same. */
export const metadata: Metadata = { title: { absolute: 'Overview · OPS Center' } };

export default function OverviewPage() {
  preloadServices();
  return <Overview />;
}
