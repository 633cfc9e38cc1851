import type { ActionPreview, PreviewId } from '../http/contract/index.ts';
import type { Clock } from '../store/index.ts';
import { LIMITS } from './limits.ts';

export interface HeldPreview {
  readonly preview: ActionPreview;
  /** It is being confirmed, or was. */
  isUsed: boolean;
}

/** The previews that can still be confirmed. They are in memory only: a server that was restarted looks again. */
export class PreviewShelf {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #held = new Map<PreviewId, HeldPreview>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(preview: ActionPreview): void {
    this.#dropExpired();
    this.#held.set(preview.id, { preview, isUsed: false });
    const [oldest] = this.#held.keys();
    if (this.#held.size > LIMITS.previewsHeld && oldest !== undefined) this.#held.delete(oldest);
  }

  find(id: PreviewId): HeldPreview | undefined {
    this.#dropExpired();
    return this.#held.get(id);
  }

  #dropExpired(): void {
    const now = this.#clock.now();
    for (const [id, { preview }] of this.#held) {
      if (Date.parse(preview.expiresAt) <= now) this.#held.delete(id);
    }
  }
}
