import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { StackRows } from '../model/stack-rows.ts';
import { TextFunctions } from '../model/text-functions.ts';

/** The functions that all profiles of a file share, by the numbers that it gives them: their order. */
export class RawSpeedscope {
  readonly functions: TextFunctions;
  readonly functionOfFrame = new NumberColumn();
  readonly profiles: RawSpeedscopeProfile[] = [];
  hasProfiles = false;

  constructor(limits: ProfileLimits) {
    this.functions = new TextFunctions(limits.maxStringTableBytes);
  }
}

/** One profile as it stands in the file: frames are numbers, whose names may come later. */
export class RawSpeedscopeProfile {
  readonly rows: StackRows;
  /** A row per sample, or per stretch of time between two events. */
  readonly sampleRow = new NumberColumn(64);
  readonly weight = new NumberColumn(64);
  name = '';
  unit = '';
  type = '';
  startValue: number | undefined;
  endValue: number | undefined;
  /** When the first event was, in the unit of the profile. */
  firstAt: number | undefined;
  hasSamples = false;
  hasEvents = false;

  constructor(limits: ProfileLimits) {
    this.rows = new StackRows(limits);
  }
}
