/** What of a policy an item keeps beside its settings. */
export interface IncludeOptions {
  includeAssignments: boolean;
  includeScopeTags: boolean;
}

/** A backup set as people and other programs see it. */
export interface BackupSetView {
  id: string;
  name: string;
  description: string | null;
  createdByName: string;
  createdAt: string;
  itemCount: number;
  /** Whether it holds something and every item was read to the end when it was taken. */
  complete: boolean;
}

/** One policy version in a set. */
export interface BackupSetItemView {
  id: string;
  policyId: string;
  versionId: string;
  type: string;
  externalId: string;
  name: string;
  includeAssignments: boolean;
  includeScopeTags: boolean;
  complete: boolean;
  /** The operation run that added it. */
  addedRunId: string;
  addedAt: string;
}
