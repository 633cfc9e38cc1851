'use client';

import { useAnnounce } from '../../_ui/announcer.tsx';
import { readPalette } from '../flame/palette.ts';
import type { ViewRange } from '../flame/view-range.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';
import { MenuButton } from '../menu/menu-button.tsx';
import { type Subject, shareOf } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { type ExportForm, exportedName } from './file-names.ts';
import { toPng } from './picture-png.ts';
import { saveFile } from './save-file.ts';

interface ExportMenuProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly fileName: string;
  readonly range: ViewRange;
  readonly shades: Uint8Array;
}

/** What is shown, as a file: the picture as it is seen, its stacks as other tools read them. */
export function ExportMenu(props: ExportMenuProps) {
  const { export: words } = useViewerWords();
  const announce = useAnnounce();
  const write = useWriter(props);
  const { view } = props.state;
  const items = (forms: readonly ExportForm[]): MenuItem[] =>
    forms.map((form) => ({
      key: form,
      text: words[form],
      onChoose: () => void write(form).catch(() => announce(words.failed)),
    }));
  const pictures: readonly ExportForm[] = view === 'top' ? [] : view === 'time' ? ['png'] : ['png', 'svg'];
  // Turned around, or around one function, stacks are not whole: other tools would show something else.
  const hasStacks = view !== 'callers' && view !== 'sandwich';
  return (
    <MenuButton
      label={words.button}
      title={words.title}
      popup="menu"
      open={(findAnchor, close) => (
        <Menu
          label={words.title}
          groups={[items(pictures), items(hasStacks ? ['collapsed', 'speedscope', 'pprof'] : [])]}
          findAnchor={findAnchor}
          onClose={close}
        />
      )}
    />
  );
}

function useWriter({ subject, state, fileName, range, shades }: ExportMenuProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const { tree, middle } = subject.view;
  const name = middle === undefined ? '' : subject.label(middle);
  const title = [fileName, name, measure.words.whole(measure.value(tree.total[0] as number))]
    .filter((part) => part !== '')
    .join(' · ');
  return async (form: ExportForm) => {
    const root = document.querySelector<HTMLElement>('.flame-viewer');
    if (root === null) return;
    const part = middle === undefined ? (state.view === 'callers' ? 'callers' : '') : name;
    const numbers = (value: number) => `${measure.value(value)} (${viewer.share(shareOf(subject, value))})`;
    const written =
      form === 'png'
        ? await toPng(root, title)
        : // Only who exports something loads what writes it.
          await (await import('./write-export.ts')).writeExport(form, subject, {
            title,
            range,
            rootBelow: state.view !== 'sandwich' && state.rootBelow,
            shades,
            palette: readPalette(root),
            numbers: (row) =>
              `${viewer.facts.total} ${numbers(tree.total[row] as number)}, ${viewer.facts.self} ${numbers(tree.self[row] as number)}`,
            merged: (calls, total) => viewer.export.merged(calls, measure.value(total)),
          });
    saveFile(written, exportedName(fileName, part, form));
  };
}
