'use client';

import { useSearchParams } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { Session } from '#contract';
import { mutate, RequestFailed } from '../_data/api.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Labelled, TextInput } from '../_ui/field.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import { safeNext } from './safe-next.ts';

/** Exchanges the console token for a session, then goes where one wanted to go. */
export function SignInForm() {
  const { t } = useWords();
  const words = t.shell.signIn;
  const next = safeNext(useSearchParams().get('then'));
  const [token, setToken] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await mutate<Session>('POST', '/session', { token });
      // A real navigation: everything that was refused before is asked for anew.
      window.location.assign(next);
    } catch (error) {
      setFailure(error instanceof RequestFailed && error.status === 401 ? words.wrong : sentenceOf(error, t));
      setBusy(false);
    }
  }
  return (
    <main className="mx-auto flex min-h-screen max-w-sm flex-col justify-center px-4 pb-24">
      <p className="mb-6 font-semibold tracking-tight">{t.shell.product}</p>
      <h1 className="text-xl font-semibold tracking-tight">{words.title}</h1>
      <p className="mt-1 text-muted">{words.intro}</p>
      <form onSubmit={onSubmit} className="mt-5 flex flex-col gap-3">
        <Labelled label={words.token}>
          <TextInput
            type="password"
            name="token"
            autoComplete="current-password"
            required
            autoFocus
            value={token}
            aria-invalid={failure !== null}
            onChange={(event) => setToken(event.target.value)}
          />
        </Labelled>
        {failure !== null && (
          <p role="alert" className="text-bad">
            {failure}
          </p>
        )}
        <Button type="submit" look="primary" disabled={isBusy || token === ''}>
          {isBusy ? words.busy : words.submit}
        </Button>
      </form>
    </main>
  );
}
