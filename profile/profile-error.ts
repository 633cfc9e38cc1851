/** Every way in which reading or deriving a profile can fail; all are told by `docs/errors.md`. */
type ProfileErrorCode =
  | 'heap-filter-invalid'
  | 'heap-object-unknown'
  | 'heap-query-invalid'
  | 'profile-corrupt'
  | 'profile-inconsistent'
  | 'profile-needs-memory'
  | 'profile-too-large'
  | 'profile-unknown-format'
  | 'profiles-differ';

/** The base of this room's errors. The message is a whole sentence, fit to be shown to a person. */
export abstract class ProfileError extends Error {
  abstract readonly code: ProfileErrorCode;
}
