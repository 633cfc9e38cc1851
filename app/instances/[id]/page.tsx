import type { Metadata } from 'next';
import { InstancePage } from '../../_fleet/instance/instance-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return <InstancePage key={id} id={id} />;
}
