import { NotFound } from './_shell/not-found.tsx';

export default function NotFoundPage() {
  return <NotFound />;
}
