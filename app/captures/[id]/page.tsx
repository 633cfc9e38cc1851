import type { Metadata } from 'next';
import { CapturePage } from '../../_capture/capture-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return <CapturePage key={id} id={id} />;
}
