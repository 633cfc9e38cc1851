'use client';

import type { Instance, Service } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button, type ButtonLook } from '../_ui/button.tsx';
import { RecordIcon } from '../_ui/icons.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { offersOf } from './offers.ts';

/** Opens the capture dialog; is not there to be pressed when nobody could take any capture. */
export function CaptureButton({
  target,
  small = false,
  look = 'plain',
  isMain = false,
}: {
  target: { instance: Instance } | { service: Service };
  small?: boolean;
  look?: ButtonLook;
  /** The one that the key `c` presses. */
  isMain?: boolean;
}) {
  const { t } = useWords();
  const open = useOpenCapture();
  const instances = 'instance' in target ? [target.instance] : target.service.instances;
  const isAvailable = offersOf(instances).offers.length > 0;
  const onClick = () =>
    open(
      'instance' in target
        ? { service: target.instance.service, instanceIds: [target.instance.id] }
        : { service: target.service.name, instanceIds: null },
    );
  return (
    <Button
      look={look}
      small={small}
      onClick={onClick}
      disabled={!isAvailable}
      title={isAvailable ? undefined : t.capture.noneOffered}
      aria-keyshortcuts={isMain ? 'c' : undefined}
      data-capture-button={isMain ? '' : undefined}
    >
      <RecordIcon />
      {t.fleet.service.capture}
    </Button>
  );
}
