import { type Profile, pivotByLabel, toLabelFacets } from '#profile/index.ts';

/** Profiles with the values of a label below the root; remembers the last one, of which other choices are asked for more often. */
export class GroupedProfiles {
  #last: { readonly of: Profile; readonly by: string; readonly profile: Profile } | undefined;

  /** The profile itself where no sample bears the label: a link can name any. */
  find(of: Profile, key: string | undefined): Profile {
    if (key === undefined || !toLabelFacets(of).some((facet) => facet.key === key)) return of;
    if (this.#last?.of !== of || this.#last.by !== key)
      this.#last = { of, by: key, profile: pivotByLabel(of, key) };
    return this.#last.profile;
  }
}
