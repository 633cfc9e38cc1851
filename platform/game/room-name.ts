/** Rooms are numbered per game: "steampunk2:3" is room 3. */
export function toRoomName(id: string): string {
  return `Room ${id.slice(id.lastIndexOf(':') + 1)}`;
}
