import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../access/tenant-context';
import { knownGroupQuery } from '../api/directory';
import { settingNamesQuery, type SettingName } from '../api/policies';
import type { Assignment } from '../diff/compare-assignments';
import type { DocumentNames } from '../diff/policy-document';
import { DEFAULT_SCOPE_TAG } from './scope-tags';

interface NamesRequest {
  policyId: string;
  /** The versions whose settings are named; the current one's when there is none. */
  versionIds?: readonly string[];
  /** Whose groups and filters are named. */
  assignments: readonly Assignment[];
  /** The filters and scope tags among which those of the documents are; undefined while they are not there. */
  referred: readonly Referred[] | undefined;
}

interface Referred {
  type: string;
  externalId: string;
  name: string | null;
}

const SCOPE_TAG_KEY = 'roleScopeTagIds';

/** The names of settings, choices, groups, filters and scope tags; while they are not there, ids stay ids. */
export function useDocumentNames({ policyId, versionIds = [], assignments, referred }: NamesRequest): DocumentNames {
  const { tenantId } = useTenant();
  const settings = useQuery(settingNamesQuery(tenantId, policyId, versionIds)).data?.items;
  const groupIds = [...new Set(assignments.flatMap(({ groupId }) => (groupId === undefined ? [] : [groupId])))];
  const groups = useQueries({
    queries: groupIds.map((id) => knownGroupQuery(tenantId, id.toLowerCase())),
    combine: namesOfGroups,
  });
  return useMemo(() => {
    const groupNames = new Map(groups);
    const idsOf = (type: string): Map<string, string> =>
      new Map(
        (referred ?? []).flatMap(({ type: own, externalId, name }) =>
          own === type && name !== null ? [[externalId.toLowerCase(), name]] : [],
        ),
      );
    const [filters, tags] = [idsOf('assignmentFilter'), idsOf('roleScopeTag')];
    const { labels, choices } = settingMaps(settings ?? []);
    return {
      words: {
        labelOf: (key) => labels.get(key) ?? (key === SCOPE_TAG_KEY ? 'Scope tags' : undefined),
        valueOf: (value, key) => {
          if (key !== SCOPE_TAG_KEY) return choices.get(value) ?? choiceOf(value, key);
          return value === DEFAULT_SCOPE_TAG ? 'Default' : tags.get(value.toLowerCase());
        },
      },
      targets: {
        group: (id) => groupNames.get(id.toLowerCase()),
        filter: (id) => filters.get(id.toLowerCase()),
      },
    };
  }, [groups, referred, settings]);
}

/** Ids of choices begin with their setting's; of one without a name, what comes after that says more than all of it. */
function choiceOf(value: string, definitionId: string): string | undefined {
  return value.startsWith(`${definitionId}_`) ? value.slice(definitionId.length + 1) : undefined;
}

/** Pairs of id and name, so that two equal answers stay one object for React. */
function namesOfGroups(results: readonly { data?: { id: string; displayName: string | null } | null }[]) {
  return results.flatMap(({ data }): [string, string][] =>
    data == null || data.displayName === null ? [] : [[data.id, data.displayName]],
  );
}

function settingMaps(known: readonly SettingName[]): { labels: Map<string, string>; choices: Map<string, string> } {
  return {
    labels: new Map(known.map(({ settingDefinitionId, name }) => [settingDefinitionId, name])),
    choices: new Map(known.flatMap(({ choices }) => Object.entries(choices))),
  };
}
