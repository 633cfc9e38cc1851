import type { Metadata } from 'next';
import { preloadServices } from './_data/preload.ts';
import { Overview } from './_fleet/overview/overview.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default function OverviewPage() {
  preloadServices();
  return <Overview />;
}
