import type { Metadata } from 'next';
import type { InstanceId } from '#contract';
import { InstancePage } from '../../_fleet/instance/instance-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

/** Whether the id is one is for the server to say. */
export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id) as InstanceId;
  return <InstancePage key={id} id={id} />;
}
