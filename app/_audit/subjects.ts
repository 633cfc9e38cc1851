import { isActionId, isCaptureId, isInstanceId } from '../_data/ids.ts';
import type { Act } from './acts.ts';

/** Something that an act was about, and where it is shown. */
export interface Subject {
  kind: 'instance' | 'service' | 'capture' | 'action' | 'other';
  id: string;
  href: string | null;
}

/** What an act was about: first whom it touched, then the record of it. */
export function subjectsOf(act: Act, isService: (name: string) => boolean): Subject[] {
  const detail = act.intent?.detail ?? {};
  const ids = [...textsIn(detail.instanceId), ...textsIn(detail.instanceIds), ...textsIn(detail.service)];
  const records = [act.target, ...textsIn(detail.captureId), ...textsIn(detail.actionId)];
  const unique = [...new Set([...ids, ...records])].map((id) => subjectOf(id, isService));
  const isRecord = ({ kind }: Subject) => kind === 'capture' || kind === 'action';
  return [...unique.filter((subject) => !isRecord(subject)), ...unique.filter(isRecord)];
}

function subjectOf(id: string, isService: (name: string) => boolean): Subject {
  if (isInstanceId(id)) return { kind: 'instance', id, href: `/instances/${id}` };
  if (isCaptureId(id)) return { kind: 'capture', id, href: `/captures/${id}` };
  if (isActionId(id)) return { kind: 'action', id, href: `/actions/${id}` };
  if (isService(id)) return { kind: 'service', id, href: `/services/${encodeURIComponent(id)}` };
  return { kind: 'other', id, href: null };
}

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string' && one !== '') as string[];
}
