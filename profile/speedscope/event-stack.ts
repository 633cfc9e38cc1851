import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { NONE } from '../model/linked-tree.ts';
import type { ProfileLimits } from '../model/profile.ts';
import type { RawSpeedscopeProfile } from './raw-speedscope.ts';

/** Makes stretches of time of what was opened and closed: each belongs to the stack that was open meanwhile. */
export class EventStack {
  readonly #profile: RawSpeedscopeProfile;
  readonly #limits: ProfileLimits;
  readonly #frames: number[] = [];
  readonly #rows: number[] = [];
  #time: number | undefined;

  constructor(profile: RawSpeedscopeProfile, limits: ProfileLimits) {
    this.#profile = profile;
    this.#limits = limits;
  }

  /** @param path how the event is called in a sentence */
  open(frame: number, at: number, path: () => string): void {
    this.#pass(at, path);
    const { maxDepth } = this.#limits;
    if (this.#rows.length >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
    this.#rows.push(this.#profile.rows.intern(this.#rows.at(-1) ?? NONE, frame));
    this.#frames.push(frame);
  }

  close(frame: number, at: number, path: () => string): void {
    this.#pass(at, path);
    const top = this.#frames.pop();
    this.#rows.pop();
    if (top === undefined) throw new ProfileShapeError(path(), `closes frame ${frame}, and none is open`);
    if (top !== frame)
      throw new ProfileShapeError(path(), `closes frame ${frame} while frame ${top} is the innermost`);
  }

  /** @param path how the list of events is called in a sentence */
  end(path: string): void {
    const open = this.#frames.length;
    if (open > 0)
      throw new ProfileShapeError(
        path,
        `ends while ${open === 1 ? 'a frame is' : `${open} frames are`} open`,
      );
  }

  #pass(at: number, path: () => string): void {
    const profile = this.#profile;
    if (this.#time === undefined) profile.firstAt = at;
    else if (at < this.#time)
      throw new ProfileShapeError(`${path()}.at`, `is ${at}, before the event that precedes it`);
    else if (at > this.#time) {
      const { maxSamples } = this.#limits;
      if (profile.sampleRow.length >= maxSamples) throw new ProfileLimitError('events', maxSamples);
      profile.sampleRow.push(this.#rows.at(-1) ?? NONE);
      profile.weight.push(at - this.#time);
    }
    this.#time = at;
  }
}
