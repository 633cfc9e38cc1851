interface PlacedRoom {
  /** Undefined after the pod has turned the room away. */
  pod: string | undefined;
  sessions: Set<string>;
  /** Epoch milliseconds; undefined while nobody knows yet, since the game is only about to begin. */
  gameEndsAt: number | undefined;
}

/**
 * Which pod a room is on, for as long as somebody sits in it. It stays there while a game runs; between two games it
 * moves when another pod has fewer rooms, so that a pod that comes back gets some.
 */
export class RoomPlacement {
  readonly #rooms = new Map<string, PlacedRoom>();
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Rooms per pod. */
  count(pod: string): number {
    let rooms = 0;
    for (const room of this.#rooms.values()) if (room.pod === pod) rooms++;
    return rooms;
  }

  findPod(room: string): string | undefined {
    return this.#rooms.get(room)?.pod;
  }

  /**
   * The room's pod; one whose game is over, or that has no pod, goes to the pod with the fewest of `pods`, and stays where
   * it is when there are several. Undefined when there is no pod for it.
   */
  place(roomId: string, session: string, pods: readonly string[]): string | undefined {
    const room = this.#rooms.get(roomId) ?? { pod: undefined, sessions: new Set(), gameEndsAt: undefined };
    const before = room.pod;
    const isOver = room.gameEndsAt !== undefined && room.gameEndsAt <= this.#now();
    if (before === undefined || isOver) {
      // The room itself does not count: nobody is crowded by it where it is.
      room.pod = undefined;
      const fewest = Math.min(...pods.map((pod) => this.count(pod)));
      const best = pods.filter((pod) => this.count(pod) === fewest);
      room.pod = before !== undefined && best.includes(before) ? before : best[0];
      room.gameEndsAt = undefined;
    }
    if (room.pod === undefined) return undefined;
    room.sessions.add(session);
    this.#rooms.set(roomId, room);
    return room.pod;
  }

  /** The pod has told when the room's game ends. */
  noteGame(room: string, pod: string, endsAt: number): void {
    const placed = this.#rooms.get(room);
    if (placed?.pod === pod) placed.gameEndsAt = endsAt;
  }

  /** The pod does not take the room: it is to be placed anew, unless somebody has done so already. */
  turnAway(room: string, pod: string): void {
    const placed = this.#rooms.get(room);
    if (placed?.pod === pod) placed.pod = undefined;
  }

  release(room: string, session: string): void {
    const placed = this.#rooms.get(room);
    if (!placed) return;
    placed.sessions.delete(session);
    if (placed.sessions.size === 0) this.#rooms.delete(room);
  }
}
