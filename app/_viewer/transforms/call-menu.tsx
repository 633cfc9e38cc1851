'use client';

import {
  type CallTree,
  type FrameSelector,
  findPackage,
  type IndexIntoCallTree,
  type IndexIntoFunctionTable,
  toFunctionName,
} from '#profile/index.ts';
import { useCopy } from '../../_ui/copy-button.tsx';
import { printable, shortPathOf, urlOf } from '../flame/function-labels.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';
import type { Anchor } from '../menu/place-floating.ts';
import { useSourceWords } from '../source/use-source-words.ts';
import type { Subject } from '../state/subject.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { INITIAL_PICTURE, type ViewerState } from '../state/viewer-state.ts';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import { stackText } from './stack-text.ts';
import { type FrameTransformKind, withTransform } from './transform-list.ts';

/** What can be done something with: a call in a picture, a function, or all functions of a file or package. */
export type MenuTarget =
  | {
      readonly kind: 'call';
      readonly tree: CallTree;
      readonly row: IndexIntoCallTree;
      /** Below the root stands what stacks end with. */
      readonly isInverted: boolean;
    }
  | { readonly kind: 'function'; readonly func: IndexIntoFunctionTable }
  | { readonly kind: 'group'; readonly label: string; readonly frames: FrameSelector };

interface CallMenuProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly target: MenuTarget;
  /** There are the viewer's other views, too. */
  readonly hasViews?: boolean;
  findAnchor(): Anchor | undefined;
  onClose(): void;
}

/** All that can be done with what was pointed at. */
export function CallMenu({
  subject,
  state,
  change,
  target,
  hasViews = true,
  findAnchor,
  onClose,
}: CallMenuProps) {
  const { menu: words } = useViewerWords();
  const sourceWords = useSourceWords();
  const copy = useCopy();
  const apply = (kind: FrameTransformKind, frames: FrameSelector) =>
    change({ transforms: withTransform(state.transforms, { kind, frames }), ...AT_THE_BEGINNING });
  const copyItems = (name: string): MenuItem[] => [
    { key: 'copy-name', text: words.copyName, onChoose: () => void copy(name, words.copied) },
  ];
  if (target.kind === 'group') {
    const { label, frames } = target;
    const item = (kind: FrameTransformKind): MenuItem => ({
      key: kind,
      text: words.group[kind],
      onChoose: () => apply(kind, frames),
    });
    const groups = [[item('focus')], [item('hide'), item('collapse'), item('drop')], copyItems(label)];
    return <Menu label={words.label(label)} {...{ groups, findAnchor, onClose }} />;
  }
  const func = target.kind === 'call' ? (target.tree.func[target.row] as number) : target.func;
  const name = subject.label(func);
  const ownName = toFunctionName(subject.profile, func);
  const looking: MenuItem[] = [
    {
      key: 'focus',
      text: words.focus,
      onChoose: () => apply('focus', { by: 'function', function: ownName }),
    },
  ];
  if (hasViews)
    looking.push({
      key: 'sandwich',
      text: words.sandwich,
      onChoose: () => change({ view: 'sandwich', middle: ownName, ...AT_THE_BEGINNING }),
    });
  if (hasViews && target.kind === 'call')
    looking.push({
      key: 'source',
      text: sourceWords.menu,
      onChoose: () => change({ isSourceOpen: true, sourceLine: undefined }),
    });
  if (hasViews && target.kind === 'call' && state.view !== 'both')
    looking.push({
      key: 'table',
      text: words.inTable,
      onChoose: () =>
        change({
          view: 'both',
          rows: 'function',
          // The call that is chosen in this tree stays so; in another tree its function has to be looked for.
          ...(state.view === 'flame' ? {} : { search: name, searchIsPattern: false, ...AT_THE_BEGINNING }),
        }),
    });
  const copying = copyItems(name);
  if (target.kind === 'call')
    copying.push({
      key: 'copy-stack',
      text: words.copyStack,
      onChoose: () => void copy(stackText(subject, target.tree, target.row, target.isInverted), words.copied),
    });
  const groups = [looking, changes(subject.profile, func, words, apply), copying];
  return <Menu label={words.label(name)} {...{ groups, findAnchor, onClose }} />;
}

/** Elsewhere nothing is where it was. */
const AT_THE_BEGINNING = { ...INITIAL_PICTURE, callersPicture: INITIAL_PICTURE };

/** What can be done to the stacks with the function, its file or its package. */
function changes(
  profile: Subject['profile'],
  func: IndexIntoFunctionTable,
  words: ViewerWords['menu'],
  apply: (kind: FrameTransformKind, frames: FrameSelector) => void,
): MenuItem[] {
  const url = urlOf(profile, func);
  const packageName = findPackage(url);
  const item = (
    kind: FrameTransformKind,
    text: string,
    frames: FrameSelector,
    detail?: string,
  ): MenuItem => ({ key: `${kind}-${frames.by}`, text, detail, onChoose: () => apply(kind, frames) });
  const thisFunction: FrameSelector = { by: 'function', function: toFunctionName(profile, func) };
  const items = [item('hide', words.hide, thisFunction)];
  if (url !== '') items.push(item('hide', words.hideFile, { by: 'file', url }, printable(shortPathOf(url))));
  if (packageName !== undefined)
    items.push(item('hide', words.hidePackage, { by: 'package', name: packageName }, printable(packageName)));
  items.push(item('collapse', words.collapse, thisFunction));
  if (packageName !== undefined)
    items.push(
      item('collapse', words.collapsePackage, { by: 'package', name: packageName }, printable(packageName)),
    );
  return [...items, item('drop', words.drop, thisFunction)];
}
