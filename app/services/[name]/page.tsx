import type { Metadata } from 'next';
import { preloadServices } from '../../_data/preload.ts';
import { ServicePage } from '../../_fleet/service/service-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  preloadServices();
  return <ServicePage name={decodeURIComponent((await params).name)} />;
}
