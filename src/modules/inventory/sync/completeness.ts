/** The proof that a policy was read whole, or what is missing. Stored with the policy and with each version. */
export interface Completeness {
  /** Graph's own `settingCount`; null where the type has none. */
  settingsExpected: number | null;
  settingsStored: number;
  /** Whether the assignments were read to their end. */
  assignmentsRead: boolean;
  /** Secrets that Graph masks or that are not kept; a restore must ask for them. */
  secretsMasked: number;
  complete: boolean;
}
