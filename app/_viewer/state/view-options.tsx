'use client';

import { type ReactNode, useId, useRef } from 'react';
import { CheckField } from '../../_ui/field.tsx';
import type { OpenedProfile } from '../loading/protocol.ts';
import { MenuButton } from '../menu/menu-button.tsx';
import type { Anchor } from '../menu/place-floating.ts';
import { FLOATING, useFloating } from '../menu/use-floating.ts';
import { isRecursionCollapsed, withRecursionCollapsed } from '../transforms/transform-list.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';
import type { ChangeState } from './use-viewer-state.ts';
import { COLOURINGS, INITIAL_PICTURE, INITIAL_STATE, type ViewerState } from './viewer-state.ts';

interface ViewOptionsProps {
  readonly profile: OpenedProfile;
  readonly state: ViewerState;
  readonly change: ChangeState;
}

/** What is chosen rarely, behind a button that says how much of it is not as at the beginning. */
export function ViewOptions({ profile, state, change }: ViewOptionsProps) {
  const { options } = useViewerWords();
  const changed = changedCount(state);
  return (
    <MenuButton
      label={changed === 0 ? options.button : options.changed(changed)}
      title={options.title}
      popup="dialog"
      open={(findAnchor, close) => (
        <OptionsPanel {...{ profile, state, change, findAnchor }} onClose={close} />
      )}
    />
  );
}

/** Recursion stands among the chips, and needs no second sign. */
function changedCount({ rootBelow, includeIdle, colours }: ViewerState): number {
  return [rootBelow, includeIdle, colours !== INITIAL_STATE.colours].filter(Boolean).length;
}

interface OptionsPanelProps extends ViewOptionsProps {
  findAnchor(): Anchor | undefined;
  onClose(): void;
}

function OptionsPanel({ profile, state, change, findAnchor, onClose }: OptionsPanelProps) {
  const viewer = useViewerWords();
  const { options, transforms } = viewer;
  const panel = useRef<HTMLDivElement>(null);
  useFloating(panel, findAnchor, onClose);
  const hasPicture = state.view !== 'top';
  const elsewhere = { ...INITIAL_PICTURE, callersPicture: INITIAL_PICTURE };
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={options.title}
      className={`${FLOATING} w-72 p-3`}
    >
      <div className="flex flex-col gap-3">
        {hasPicture && (
          <Part title={options.colours}>
            <ChoiceRow
              label={options.colours}
              choices={COLOURINGS.map((key) => ({ key, text: viewer.colourings[key] }))}
              chosen={state.colours}
              onChange={(colours) => change({ colours })}
            />
          </Part>
        )}
        {hasPicture && state.view !== 'sandwich' && (
          <CheckField
            label={viewer.rootBelow}
            hint={viewer.rootBelowTitle}
            checked={state.rootBelow}
            onChange={(rootBelow) =>
              change({ rootBelow, scrolledLines: 0, time: { ...state.time, scrolledLines: 0 } })
            }
          />
        )}
        <CheckField
          label={transforms.collapseRecursion}
          hint={transforms.collapseRecursionTitle}
          checked={isRecursionCollapsed(state.transforms)}
          onChange={(isOn) =>
            change({ transforms: withRecursionCollapsed(state.transforms, isOn), ...elsewhere })
          }
        />
        {profile.idleValue > 0 && (
          <CheckField
            label={viewer.includeIdle}
            hint={viewer.includeIdleTitle(
              viewer.value(profile.idleValue, profile.valueTypes[profile.defaultValueType]?.unit ?? ''),
            )}
            checked={state.includeIdle}
            onChange={(includeIdle) => change({ includeIdle })}
          />
        )}
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div role="group" aria-labelledby={id}>
      <p id={id} className="mb-1 text-sm text-muted">
        {title}
      </p>
      {children}
    </div>
  );
}
