import type { Formats } from '../../_format/formats.ts';
import { capture } from './capture.ts';
import { fleet } from './fleet.ts';
import { shell } from './shell.ts';
import { viewer } from './viewer.ts';

export const english = (f: Formats) => ({
  shell: shell(f),
  fleet: fleet(f),
  capture: capture(f),
  viewer: viewer(f),
});
