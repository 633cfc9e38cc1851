import { mergeProfiles, type Profile, ProfileError } from '#profile/index.ts';
import { GroupedProfiles } from '../../_viewer/loading/grouped-profile.ts';
import type { PartFailure } from '../../_viewer/loading/protocol.ts';
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

interface OpenedSides {
  readonly sides: Sides<Profile>;
  readonly failures: Sides<readonly PartFailure[]>;
}

let opened: OpenedSides | undefined;
/** How the stacks are grouped in what was shown last. */
let shownGroup: string | undefined;
const grouped = { before: new GroupedProfiles(), after: new GroupedProfiles() };

self.addEventListener('message', (event: MessageEvent<CompareRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.sources, request.choice);
  else if (opened !== undefined) show(opened, request.choice, request.choice.groupedBy !== shownGroup);
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
    opened = { sides, failures: { before: before.failures, after: after.failures } };
    show(opened, choice, true);
  } catch (error) {
    fail(
      error instanceof ProfileError ? { kind: 'unreadable', message: error.message } : { kind: 'crashed' },
    );
  }
}

/** Tells what is the same for all choices only when it is not known yet. */
function show({ sides, failures }: OpenedSides, choice: CompareChoice, isNew: boolean): void {
  const { groupedBy } = choice;
  const { view, toOpenedProfile } = compareProfiles(
    {
      before: grouped.before.find(sides.before, groupedBy),
      after: grouped.after.find(sides.after, groupedBy),
    },
    choice,
  );
  shownGroup = groupedBy;
  report(isNew ? { type: 'opened', profile: toOpenedProfile(), view, failures } : { type: 'compared', view });
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
