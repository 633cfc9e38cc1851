'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Action, ActionPreview, ActionPreviewRequest, ActionRequest } from '#contract';
import { mutate } from '../_data/api.ts';
import { applyChange } from '../_data/apply-change.ts';

/** Nothing is done by it; the server keeps what it found for a while, to be confirmed. */
export function requestPreview(request: ActionPreviewRequest): Promise<ActionPreview> {
  return mutate<ActionPreview>('POST', '/actions/preview', request);
}

/** The answer is the new state; it is written into the cache without waiting for the event that says the same. */
function useActionMutation<Variables>(send: (variables: Variables) => Promise<Action>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (action) => applyChange(client, { type: 'action', action }),
  });
}

export function useRunAction() {
  return useActionMutation((request: ActionRequest) => mutate<Action>('POST', '/actions', request));
}

export function useCancelAction(id: Action['id']) {
  return useActionMutation(() => mutate<Action>('POST', `/actions/${id}/cancel`));
}

export function useExtendAction(id: Action['id']) {
  return useActionMutation((deadlineSeconds: number) =>
    mutate<Action>('POST', `/actions/${id}/extend`, { deadlineSeconds }),
  );
}
