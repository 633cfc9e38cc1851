import type { Metadata } from 'next';
import { OpenPage } from '../_open/open-page.tsx';

export const metadata: Metadata = { title: 'Open a file' };

export default function Page() {
  return <OpenPage />;
}
