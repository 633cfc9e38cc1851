'use client';

import { useWords } from './_messages/words.tsx';
import { Button } from './_ui/button.tsx';
import { PageHeader } from './_ui/page-header.tsx';

/** Anything that a page threw. The frame around it stays. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const { t } = useWords();
  return (
    <div role="alert">
      <PageHeader sentence={t.shell.errors.crashed}>
        <p className="mt-1 max-w-[68ch] text-muted">{t.shell.errors.crashedDetail}</p>
      </PageHeader>
      <div className="flex gap-2 px-4">
        <Button onClick={reset}>{t.shell.errors.retry}</Button>
        <Button look="quiet" onClick={() => window.location.reload()}>
          {t.shell.errors.reload}
        </Button>
      </div>
    </div>
  );
}
