/** What a list needs of its members. */
export interface Listed<Member> {
  before: Member | undefined;
  after: Member | undefined;
  isListed: boolean;
  /** When it came, by the clock of `performance`; 0 as long as nobody has looked. */
  sinceMs: number;
}

/** More than this a service has forgotten to give back; they are counted, and held by nobody. */
const mostListed = 10_000;

/** Members in the order in which they came. Entering and leaving cost the same however many there are. */
export class TurnList<Member extends Listed<Member>> {
  #first: Member | undefined;
  #last: Member | undefined;
  #listed = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The one that has been here longest. */
  get first(): Member | undefined {
    return this.#first;
  }

  add(member: Member): void {
    this.#size += 1;
    if (this.#listed >= mostListed) return;
    this.#listed += 1;
    member.isListed = true;
    member.before = this.#last;
    if (this.#last) this.#last.after = member;
    else this.#first = member;
    this.#last = member;
  }

  /** The member must be in this list, or have found no place in it. */
  remove(member: Member): void {
    this.#size -= 1;
    if (!member.isListed) return;
    this.#listed -= 1;
    member.isListed = false;
    if (member.before) member.before.after = member.after;
    else this.#first = member.after;
    if (member.after) member.after.before = member.before;
    else this.#last = member.before;
    member.before = undefined;
    member.after = undefined;
  }

  *[Symbol.iterator](): Generator<Member> {
    for (let member = this.#first; member; member = member.after) yield member;
  }

  /** Gives a beginning to those that have none: the clock is not looked at while nobody wants to know. */
  stamp(nowMs: number): void {
    for (let member = this.#last; member?.sinceMs === 0; member = member.before) member.sinceMs = nowMs;
  }
}
