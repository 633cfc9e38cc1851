'use client';

import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import type { CaptureKind, CaptureOptions, InstanceId } from '#contract';
import { lazyPart } from '../_ui/lazy-part.ts';

const CaptureDialog = lazyPart(() => import('./capture-dialog.tsx'));

/** What a capture is asked for. */
export interface CaptureTarget {
  service: string;
  /** The instances that were chosen; null for the service as a whole. */
  instanceIds: readonly InstanceId[] | null;
  kind?: CaptureKind;
  thread?: string;
  durationSeconds?: number;
  /** Of the capture that is taken again. */
  options?: CaptureOptions;
}

const OpenCaptureContext = createContext<(target: CaptureTarget) => void>(() => {});

/** Holds the one capture dialog; it is loaded when it is first opened. */
export function CaptureDialogHost({ children }: { children: ReactNode }) {
  const [target, setTarget] = useState<CaptureTarget | null>(null);
  const open = useMemo(() => (next: CaptureTarget) => setTarget(next), []);
  return (
    <OpenCaptureContext value={open}>
      {children}
      <Suspense>{target && <CaptureDialog target={target} onClose={() => setTarget(null)} />}</Suspense>
    </OpenCaptureContext>
  );
}

export function useOpenCapture(): (target: CaptureTarget) => void {
  return useContext(OpenCaptureContext);
}
