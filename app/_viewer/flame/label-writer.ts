/** In CSS pixels. */
const TEXT_SIZE = 11.5;
const TEXT_PADDING = 5;
const PLACE_GAP = 8;
/** Narrower than this a box shows no text; in CSS pixels. */
export const NARROWEST_TEXT = 28;

interface BoxText {
  readonly label: string;
  /** Shown after the label where there is room; may be empty. */
  readonly place: string;
}

/** Writes labels into boxes, cut where they do not fit, and remembers how wide they are. One per canvas. */
export class LabelWriter {
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  readonly #textWidth = new Map<string, number>();
  readonly #font: string;

  constructor(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, fontFamily: string) {
    this.#context = context;
    this.#font = `${TEXT_SIZE}px ${fontFamily}`;
  }

  /** To be called before labels are written: others use the canvas too. */
  begin(): void {
    this.#context.textBaseline = 'middle';
    this.#context.font = this.#font;
  }

  /** Another font has come: nothing is as wide as it was. */
  forgetWidths(): void {
    this.#textWidth.clear();
  }

  /** @param left, middle, width of the box, in CSS pixels */
  write(
    { label, place }: BoxText,
    colours: { readonly label: string; readonly place: string },
    left: number,
    middle: number,
    boxWidth: number,
  ): void {
    const context = this.#context;
    const x = left + TEXT_PADDING;
    const room = boxWidth - 2 * TEXT_PADDING;
    const width = this.#widthOf(label);
    context.fillStyle = colours.label;
    if (width > room) {
      context.fillText(this.#cut(label, room), x, middle);
      return;
    }
    context.fillText(label, x, middle);
    if (place === '' || width + PLACE_GAP + this.#widthOf(place) > room) return;
    context.fillStyle = colours.place;
    context.fillText(place, x + width + PLACE_GAP, middle);
  }

  #widthOf(text: string): number {
    let width = this.#textWidth.get(text);
    if (width === undefined) {
      width = this.#context.measureText(text).width;
      this.#textWidth.set(text, width);
    }
    return width;
  }

  /**
   * By the widths of its letters, each measured once: boxes get another width with every frame of a zoom, and to measure
   * hundreds of texts anew would cost more than all the drawing.
   */
  #cut(text: string, room: number): string {
    let width = this.#widthOf('…');
    let end = 0;
    // Letter by letter, never half of a pair: that would show as a letter that is not there.
    for (const letter of text) {
      width += this.#widthOf(letter);
      if (width > room) break;
      end += letter.length;
    }
    return end > 1 ? `${text.slice(0, end)}…` : '';
  }
}
