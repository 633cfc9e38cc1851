import { mergeProfiles, type Profile, ProfileError } from '#profile/index.ts';
import { readSeveral } from '../../_viewer/loading/read-several.ts';
import type { Sides } from '../changes.ts';
import { columnsOf, compareProfiles, sharedTypes } from './compare-profiles.ts';
import type {
  CompareChoice,
  ComparedSources,
  CompareFailure,
  CompareReport,
  CompareRequest,
  SideName,
} from './compare-protocol.ts';

let opened: Sides<Profile> | undefined;

self.addEventListener('message', (event: MessageEvent<CompareRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.sources, request.choice);
  else if (opened !== undefined) {
    const { view } = compareProfiles(opened, request.choice);
    report({ type: 'compared', view });
  }
});

async function open(sources: ComparedSources, choice: CompareChoice): Promise<void> {
  try {
    const before = await readSide('before', sources);
    const after = await readSide('after', sources);
    for (const { side, profile, failures } of [before, after]) {
      const [first] = failures;
      if (profile === undefined && first !== undefined)
        return fail({ kind: 'unread', side, failure: first.failure });
    }
    if (before.profile === undefined || after.profile === undefined) return;
    const sides = { before: before.profile, after: after.profile };
    if (sharedTypes(sides).length === 0) {
      const types = { before: sides.before.valueTypes, after: sides.after.valueTypes };
      return fail({ kind: 'unlike', types });
    }
    opened = sides;
    const { profile, view } = compareProfiles(sides, choice);
    const failures = { before: before.failures, after: after.failures };
    report({ type: 'opened', profile, view, failures });
  } catch (error) {
    fail(
      error instanceof ProfileError ? { kind: 'unreadable', message: error.message } : { kind: 'crashed' },
    );
  }
}

async function readSide(side: SideName, sources: ComparedSources) {
  const { read, failures } = await readSeveral(sources[side], (index, progress) =>
    report({ type: 'part', side, index, progress }),
  );
  const [first, ...others] = read;
  const profile =
    first === undefined || others.length === 0
      ? first?.profile
      : mergeProfiles(read.map((part) => ({ name: String(part.index), profile: part.profile })));
  return { side, profile, failures };
}

function fail(failure: CompareFailure): void {
  report({ type: 'failed', failure });
}

/** The columns of a view are moved, not copied: the worker can make them again. */
function report(message: CompareReport): void {
  self.postMessage(message, { transfer: 'view' in message ? columnsOf(message.view) : [] });
}
