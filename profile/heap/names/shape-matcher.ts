/** Finds the shape that says most of an object: of all whose properties it has, the one with the most. */
export class ShapeMatcher {
  readonly #shapes: readonly (readonly number[])[];
  /** By property: the shapes that are looked at when an object has it. Each shape stands at its rarest one. */
  readonly #byProperty = new Map<number, number[]>();
  /** By property: the round in which it was last seen. */
  readonly #seen: Uint32Array;
  #round = 0;

  /** @param shapes properties of each, the most frequent shape first; of equals that one is taken */
  constructor(shapes: readonly (readonly number[])[], stringCount: number) {
    this.#shapes = shapes;
    this.#seen = new Uint32Array(stringCount);
    const frequency = new Map<number, number>();
    for (const property of shapes.flat()) frequency.set(property, (frequency.get(property) ?? 0) + 1);
    for (const [index, properties] of shapes.entries()) {
      const rarest = properties.reduce((rare, property) =>
        (frequency.get(property) ?? 0) < (frequency.get(rare) ?? 0) ? property : rare,
      );
      this.#byProperty.set(rarest, [...(this.#byProperty.get(rarest) ?? []), index]);
    }
  }

  /** The shape's index; -1 when none fits. */
  match(properties: readonly number[]): number {
    this.#round += 1;
    for (const property of properties) this.#seen[property] = this.#round;
    let best = -1;
    for (const property of properties) {
      for (const shape of this.#byProperty.get(property) ?? []) {
        if (this.#isBetter(shape, best) && this.#hasAll(shape)) best = shape;
      }
    }
    return best;
  }

  #isBetter(shape: number, best: number): boolean {
    if (best < 0) return true;
    const [length, bestLength] = [this.#lengthOf(shape), this.#lengthOf(best)];
    return length > bestLength || (length === bestLength && shape < best);
  }

  #lengthOf(shape: number): number {
    return this.#shapes[shape]?.length ?? 0;
  }

  #hasAll(shape: number): boolean {
    return this.#shapes[shape]?.every((property) => this.#seen[property] === this.#round) ?? false;
  }
}
