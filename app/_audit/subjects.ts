import { isActionId, isCaptureId, isInstanceId } from '../_data/ids.ts';
import type { Act } from './acts.ts';

/** Something that an act was about, and where it is shown. */
export interface Subject {
  kind: 'instance' | 'service' | 'capture' | 'action' | 'other';
  id: string;
  /** As it was called when the act was put on record. */
  name: string | null;
  href: string | null;
}

/** What an act was about: first whom it touched, then the record of it. */
export function subjectsOf(act: Act, isService: (name: string) => boolean): Subject[] {
  const detail = act.intent?.detail ?? {};
  const names = new Map<string, string | null>();
  for (const { id, name } of namedIn(detail.instances)) names.set(id, name);
  for (const named of [detail.instanceId, detail.instanceIds, detail.service, act.target])
    for (const id of textsIn(named)) if (!names.has(id)) names.set(id, null);
  const subjects = [...names].map(([id, name]) => ({ ...placeOf(id, isService), id, name }));
  const isRecord = ({ kind }: Subject) => kind === 'capture' || kind === 'action';
  return [...subjects.filter((subject) => !isRecord(subject)), ...subjects.filter(isRecord)];
}

function placeOf(id: string, isService: (name: string) => boolean): Pick<Subject, 'kind' | 'href'> {
  if (isInstanceId(id)) return { kind: 'instance', href: `/instances/${id}` };
  if (isCaptureId(id)) return { kind: 'capture', href: `/captures/${id}` };
  if (isActionId(id)) return { kind: 'action', href: `/actions/${id}` };
  if (isService(id)) return { kind: 'service', href: `/services/${encodeURIComponent(id)}` };
  return { kind: 'other', href: null };
}

/** Instances as an action's intent lists them, with the names that they had. */
function namedIn(value: unknown): { id: string; name: string }[] {
  const values: unknown[] = Array.isArray(value) ? value : [];
  return values.flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const { id, name } = one as { id?: unknown; name?: unknown };
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
  });
}

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string' && one !== '') as string[];
}
