/** A log that is kept in memory until somebody writes it out, and nobody does. */
export const leak = {
  pilesUp: [/^Object/, /^\{/],
  keptIn: /^AuditTrail\.entries$/,
};

class AuditTrail {
  entries = [];

  add(who, what, details) {
    this.entries.push({ at: Date.now(), who, what, details });
  }
}

const trail = new AuditTrail();

export function serve(_background, share) {
  for (let count = 0; count < 51_307 * share; count++)
    trail.add(`operator ${count % 30}`, `moved chips of table ${count}`, { from: count, to: count + 1 });
  return trail;
}
