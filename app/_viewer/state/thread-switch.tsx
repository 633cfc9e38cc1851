import { Select } from '../../_ui/field.tsx';
import { printable } from '../flame/function-labels.ts';
import { WHOLE } from '../flame/view-range.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { INITIAL_TIME } from '../time/time-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { ChangeState } from './use-viewer-state.ts';

interface ThreadSwitchProps {
  readonly profile: OpenedProfile;
  readonly change: ChangeState;
}

/** What one zoomed to and chose is nowhere in another thread. */
const AT_THE_BEGINNING = {
  zoom: undefined,
  range: WHOLE,
  selected: undefined,
  scrolledLines: 0,
  time: INITIAL_TIME,
};

/** Which of the profiles of a file is shown; nothing where there is one alone. */
export function ThreadSwitch({ profile: { threads, thread }, change }: ThreadSwitchProps) {
  const viewer = useViewerWords();
  if (threads.length < 2) return null;
  return (
    <Select
      aria-label={viewer.threads}
      className="max-w-64"
      value={thread}
      onChange={(event) => change({ thread: event.target.value, ...AT_THE_BEGINNING })}
    >
      {threads.map((name) => (
        <option key={name} value={name}>
          {printable(name) || viewer.unnamedThread}
        </option>
      ))}
    </Select>
  );
}
