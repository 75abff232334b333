import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import {
  IconArrowsDiff,
  IconBuilding,
  IconFileSettings,
  IconRefresh,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react';
import { may, type Permission } from '#libs/access-model/src/permissions.js';
import { useTenant } from '../../access/tenant-context';
import { startGroupSync } from '../../api/directory';
import { generateDrift } from '../../api/findings';
import type { StartedRun } from '../../api/operations';
import { suggestedPoliciesQuery } from '../../api/policies';
import { meQuery } from '../../api/session';
import { startSync } from '../../api/sync-runs';
import { useStartRun } from '../../runs/use-start-run';
import { navigationFor } from '../navigation';
import { matchScore, ranked, type Findable } from './rank';

export interface PaletteItem extends Findable {
  id: string;
  label: string;
  /** What it is, beside its name. */
  detail?: string;
  Icon: TablerIcon;
  choose: () => void;
}

export interface PaletteGroup {
  label: string;
  items: PaletteItem[];
}

interface StartAction extends Findable {
  permission: Permission;
  Icon: TablerIcon;
  start: (tenantId: string) => Promise<StartedRun>;
}

const ACTIONS: readonly StartAction[] = [
  {
    label: 'Run inventory sync',
    words: 'start read policies',
    permission: 'inventory:sync',
    Icon: IconRefresh,
    start: startSync,
  },
  {
    label: 'Generate drift',
    words: 'start compare findings changes',
    permission: 'drift:generate',
    Icon: IconArrowsDiff,
    start: generateDrift,
  },
  {
    label: 'Sync groups',
    words: 'start directory entra',
    permission: 'directory:sync',
    Icon: IconUsersGroup,
    start: (tenantId) => startGroupSync(tenantId, false),
  },
];

/**
 * What the palette offers for a text: pages and actions of this role, policies, and the person's other tenants.
 * @param sought the text as it was a moment ago, which the server is asked for
 */
export function usePaletteGroups(text: string, sought: string): { groups: PaletteGroup[]; isSearching: boolean } {
  const { tenantId, role } = useTenant();
  const { history } = useRouter();
  const start = useStartRun((action: StartAction) => action.start(tenantId));
  const policies = useQuery(suggestedPoliciesQuery(tenantId, sought));
  const memberships = useQuery(meQuery).data?.memberships ?? [];
  const base = `/t/${tenantId}`;

  const actions = ACTIONS.filter(({ permission }) => may(role, permission)).map((action) => ({
    id: `action ${action.label}`,
    label: action.label,
    words: action.words,
    Icon: action.Icon,
    choose: () => start.mutate(action),
  }));
  const pages = navigationFor(role).flatMap(({ label: group, entries }) =>
    entries.map(({ label, words, path, Icon }) => ({
      id: `page ${path}`,
      label,
      words: `${words ?? ''} ${group ?? ''}`,
      Icon,
      choose: () => history.push(base + path),
    })),
  );
  const tenants = memberships
    .filter((each) => each.tenantId !== tenantId)
    .map((each) => ({
      id: `tenant ${each.tenantId}`,
      label: each.tenantName,
      words: 'switch tenant',
      detail: each.role,
      Icon: IconBuilding,
      choose: () => history.push(`/t/${each.tenantId}`),
    }));
  const found = (policies.data?.items ?? []).map((policy) => ({
    id: `policy ${policy.id}`,
    label: policy.name,
    detail: policy.typeLabel,
    Icon: IconFileSettings,
    choose: () => history.push(`${base}/inventory/policies/${policy.id}`),
  }));

  const goTo = { label: 'Go to', items: ranked(text, pages) };
  const startOf = { label: 'Start', items: ranked(text, actions) };
  const groups: PaletteGroup[] =
    text === ''
      ? [startOf, { label: 'Policies changed last', items: sought === '' ? found : [] }, goTo]
      : [
          // The Enter key takes the first option: the best match leads, and what the server finds later comes below.
          ...[goTo, startOf, { label: 'Switch tenant', items: ranked(text, tenants) }].sort(
            (a, b) => bestScore(text, b) - bestScore(text, a),
          ),
          { label: 'Policies', items: sought === '' ? [] : found },
        ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    isSearching: policies.isFetching || text !== sought,
  };
}

function bestScore(text: string, { items }: PaletteGroup): number {
  return Math.max(0, ...items.map((item) => matchScore(text, item)));
}
