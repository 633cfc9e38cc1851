/**
 * What was answered before the event stream began lacks the changes in between, of which the stream will never tell. Each
 * answer names the last change that is surely in it (`<epoch>-<number>`), and so does the beginning of the stream.
 */
export class AnsweredBefore {
  /** Of the answers so far the one that was computed first, until the stream begins. */
  #oldest: string | undefined;
  #began: { readonly position: string; readonly onGap: () => void } | undefined;
  #isOver = false;

  answered(position: string | null): void {
    if (position === null || this.#isOver) return;
    if (this.#began === undefined) {
      this.#oldest = older(position, this.#oldest);
    } else if (isBefore(position, this.#began.position)) this.#tell();
  }

  /** @param onGap called once, as soon as there is an answer from before */
  began(position: string, onGap: () => void): void {
    if (this.#began !== undefined) return;
    this.#began = { position, onGap };
    if (this.#oldest !== undefined && isBefore(this.#oldest, position)) this.#tell();
  }

  /** What is on its way is asked again with everything else, so that once is enough. */
  #tell(): void {
    this.#isOver = true;
    this.#began?.onGap();
  }
}

/** The one of this page. */
export const answeredBefore = new AnsweredBefore();

/** Of two runs of the server what was heard of first. */
function older(position: string, known = position): string {
  const isOfOneRun = position.split('-')[0] === known.split('-')[0];
  return isOfOneRun && isBefore(position, known) ? position : known;
}

/** Positions of different runs of the server cannot be compared: one of them is lost. */
function isBefore(position: string, other: string): boolean {
  const [epoch, number] = position.split('-');
  const [otherEpoch, otherNumber] = other.split('-');
  return epoch !== otherEpoch || Number(number) < Number(otherNumber);
}
