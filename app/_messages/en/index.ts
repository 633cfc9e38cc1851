import type { Formats } from '../../_format/formats.ts';
import { action } from './action.ts';
import { capture } from './capture.ts';
import { fleet } from './fleet.ts';
import { resources } from './resources.ts';
import { shell } from './shell.ts';

export const english = (f: Formats) => ({
  action: action(f),
  shell: shell(f),
  fleet: fleet(f),
  capture: capture(f),
  resources: resources(f),
});
