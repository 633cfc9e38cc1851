/** A WeakMap lets go of what belongs to a tenant when the tenant goes: but tenants stay. */
export const leak = {
  pilesUp: ['RateSample'],
  keptIn: /^Tenant\.|WeakMap/,
};

class Tenant {
  constructor(name) {
    this.name = name;
  }
}

class RateSample {
  constructor(at) {
    this.at = at + 0.5;
    this.perSecond = at % 100;
    this.source = `gateway ${at}`;
  }
}

const tenants = [new Tenant('casino'), new Tenant('arcade')];
const samples = new WeakMap();

export function serve(_background, share) {
  const tenant = tenants[0];
  const own = samples.get(tenant) ?? [];
  samples.set(tenant, own);
  for (let at = 0; at < 91_183 * share; at++) own.push(new RateSample(at));
  return tenants;
}
