'use client';

import { useEffect, useState } from 'react';
import type { ActionPreview, ActionPreviewRequest } from '#contract';
import { requestPreview } from './mutations.ts';
import type { ActionWish } from './offers.ts';

export type PreviewState =
  | { state: 'loading' }
  | { state: 'ready'; preview: ActionPreview }
  | { state: 'failed'; error: unknown };

/**
 * What the action would do, asked at once, and again only when somebody says so: what is being read before it is
 * confirmed must not change by itself.
 */
export function usePreview(wish: ActionWish, params: Readonly<Record<string, unknown>>) {
  const [question, setQuestion] = useState(() => ({ request: requestOf(wish, params), nth: 0 }));
  const [shown, setShown] = useState<PreviewState>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    setShown({ state: 'loading' });
    requestPreview(question.request).then(
      (preview) => isCurrent && setShown({ state: 'ready', preview }),
      (error: unknown) => isCurrent && setShown({ state: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [question]);
  const lookAgain = () => setQuestion(({ request, nth }) => ({ request, nth: nth + 1 }));
  return { shown, lookAgain, isAgain: question.nth > 0 };
}

function requestOf(wish: ActionWish, params: Readonly<Record<string, unknown>>): ActionPreviewRequest {
  const common = { type: wish.type, params: { ...params } };
  return wish.instanceIds === null
    ? { ...common, service: wish.service }
    : { ...common, instanceIds: [...wish.instanceIds] };
}
