import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../access/tenant-context';
import { settingNamesQuery, type SettingName } from '../api/policies';

export interface SettingWords {
  /** What people call the setting; undefined when no sync was told. */
  nameOf: (settingDefinitionId: string) => string | undefined;
  /** A setting's value with the names of choices and of nested settings in place of their ids. */
  readable: (value: unknown) => unknown;
}

/** The words of a policy's settings; while they are not there, and for those that are not known, ids stay ids. */
export function useSettingWords(policyId: string, versionIds: readonly string[] = []): SettingWords {
  const { tenantId } = useTenant();
  const known = useQuery(settingNamesQuery(tenantId, policyId, versionIds)).data?.items;
  return useMemo(() => settingWords(known ?? []), [known]);
}

function settingWords(known: readonly SettingName[]): SettingWords {
  const names = new Map(known.map(({ settingDefinitionId, name }) => [settingDefinitionId, name]));
  const choices = new Map(known.flatMap((each) => Object.entries(each.choices)));
  const nameOf = (id: string): string | undefined => names.get(id);
  const readable = (value: unknown): unknown => {
    if (typeof value === 'string') return choices.get(value) ?? value;
    if (Array.isArray(value)) return value.map(readable);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value);
    const told = members.map(([id]) => nameOf(id) ?? id);
    return Object.fromEntries(
      members.map(([id, member], index): [string, unknown] => {
        const name = told[index] ?? id;
        // Two settings of one name stay two.
        return [told.indexOf(name) === told.lastIndexOf(name) ? name : `${name} (${id})`, readable(member)];
      }),
    );
  };
  return { nameOf, readable };
}
