/** Which pod a room is on, for as long as somebody sits in it. */
export class RoomPlacement {
  readonly #rooms = new Map<string, { pod: string; sessions: Set<string> }>();

  /** Rooms per pod. */
  count(pod: string): number {
    let rooms = 0;
    for (const room of this.#rooms.values()) if (room.pod === pod) rooms++;
    return rooms;
  }

  /** The room's pod; a new room goes to the pod with the fewest. Undefined when no pod can be reached. */
  place(room: string, session: string, reachablePods: readonly string[]): string | undefined {
    const placed = this.#rooms.get(room);
    if (placed) {
      placed.sessions.add(session);
      return placed.pod;
    }
    const pod = [...reachablePods].sort((a, b) => this.count(a) - this.count(b))[0];
    if (pod !== undefined) this.#rooms.set(room, { pod, sessions: new Set([session]) });
    return pod;
  }

  release(room: string, session: string): void {
    const placed = this.#rooms.get(room);
    if (!placed) return;
    placed.sessions.delete(session);
    if (placed.sessions.size === 0) this.#rooms.delete(room);
  }
}
