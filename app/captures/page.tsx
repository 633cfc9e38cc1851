import type { Metadata } from 'next';
import { CapturesPage } from '../_capture/captures-page.tsx';

export const metadata: Metadata = { title: 'Captures' };

export default function Page() {
  return <CapturesPage />;
}
