import type { Metadata } from 'next';
import { ActionPage } from '../../_action/action-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return <ActionPage key={id} id={id} />;
}
