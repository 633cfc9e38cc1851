'use client';

import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { PageHeader } from '../_ui/page-header.tsx';

export function NotFound() {
  const { t } = useWords();
  return (
    <>
      <PageHeader sentence={t.shell.errors.notFound}>
        <p className="mt-1 text-muted">{t.shell.errors.notFoundDetail}</p>
      </PageHeader>
      <p className="px-4">
        <Link href="/" className={buttonClass()}>
          {t.shell.errors.toOverview}
        </Link>
      </p>
    </>
  );
}
