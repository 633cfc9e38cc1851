import type { Metadata } from 'next';
import type { CaptureId } from '#contract';
import { CapturePage } from '../../_capture/capture-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

/** Whether the id is one is for the server to say. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id) as CaptureId;
  return <CapturePage key={id} id={id} />;
}
