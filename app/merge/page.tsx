import type { Metadata } from 'next';
import { MergePage } from '../_compare/merge-page.tsx';

export const metadata: Metadata = { title: 'Merge' };

export default function Page() {
  return <MergePage />;
}
