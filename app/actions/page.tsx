import type { Metadata } from 'next';
import { ActionsPage } from '../_action/actions-page.tsx';

export const metadata: Metadata = { title: 'Actions' };

export default function Page() {
  return <ActionsPage />;
}
