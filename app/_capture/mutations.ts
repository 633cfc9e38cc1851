'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Capture, CaptureChange, CaptureRequestBody } from '#contract';
import { mutate } from '../_data/api.ts';
import { applyChange } from '../_data/apply-change.ts';

export function requestCapture(wish: CaptureRequestBody): Promise<Capture> {
  return mutate<Capture>('POST', '/captures', wish);
}

/** The answer is the new state; it is written into the cache without waiting for the event that says the same. */
function useCaptureMutation<Variables>(send: (variables: Variables) => Promise<Capture>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (capture) => applyChange(client, { type: 'capture', capture }),
  });
}

export function useEndCapture(id: Capture['id']) {
  return useCaptureMutation((ending: 'stop' | 'cancel') =>
    mutate<Capture>('POST', `/captures/${id}/${ending}`),
  );
}

export function useChangeCapture(id: Capture['id']) {
  return useCaptureMutation((change: CaptureChange) => mutate<Capture>('PATCH', `/captures/${id}`, change));
}

export function useDeleteCapture(id: Capture['id']) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => mutate<void>('DELETE', `/captures/${id}`),
    onSuccess: () => applyChange(client, { type: 'capture-removed', captureId: id }),
  });
}
