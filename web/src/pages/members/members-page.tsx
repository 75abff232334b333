import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilterOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { may, ROLES } from '#libs/access-model/src/permissions.js';
import { ROLE_WORDS } from '../../access/role-words';
import { denialOf, useTenant } from '../../access/tenant-context';
import { membersKey, membersQuery, removeMember, type Invitation, type Member } from '../../api/members';
import { meQuery } from '../../api/session';
import { ChoicesFilter } from '../../ui/choices-filter';
import { ConfirmModal } from '../../ui/confirm-modal';
import { FieldList } from '../../ui/field-list';
import { FilterBar } from '../../ui/filter-bar';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { SearchField } from '../../ui/search-field';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { AddPersonModal } from './add-person-modal';
import { ChangeRoleModal } from './change-role-modal';
import { InvitationSection } from './invitation-section';
import { MemberTable } from './member-table';

const ROUTE = '/t/$tenantId/settings/members';

/** Who belongs to the tenant. Owners add, change and remove people; everybody else sees names and roles. */
export function MembersPage() {
  const access = useTenant();
  const { tenantId, tenantName, role, user } = access;
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const queryClient = useQueryClient();
  const [adding, dialog] = useDisclosure(false);
  const [again, setAgain] = useState<Invitation>();
  const [changing, setChanging] = useState<Member | null>(null);
  const [removing, setRemoving] = useState<Member | null>(null);
  const members = useQuery(membersQuery(tenantId, search));
  const manages = may(role, 'members:write');
  const filterCount = [search.q, search.role].filter((value) => value !== undefined).length;
  const clear = (): void => void navigate({ search: {} });
  const open = (invitation?: Invitation): void => {
    setAgain(invitation);
    dialog.open();
  };

  return (
    <>
      <PageHeader
        title="Members and roles"
        description={manages ? `Who may see and do what in ${tenantName}.` : denialOf(access, 'members:write')}
        actions={
          manages && (
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => open()}>
              Add a person
            </Button>
          )
        }
      />
      <Section title="Members" flush>
        <FilterBar label="Filter members" active={filterCount} onClear={clear}>
          <SearchField
            label="Search"
            placeholder={manages ? 'Name or e-mail' : 'Name'}
            value={search.q ?? ''}
            onSearch={(q) =>
              void navigate({ search: { ...search, q: q === '' ? undefined : q, cursor: undefined }, replace: true })
            }
          />
          <ChoicesFilter
            label="Role"
            data={[...ROLES]}
            chosen={search.role}
            onChoose={(role) => void navigate({ search: { ...search, role, cursor: undefined } })}
          />
        </FilterBar>
        <QueryView query={members}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <MemberTable members={page.items} onChangeRole={setChanging} onRemove={setRemoving} />
              ) : (
                <EmptyState
                  icon={<IconFilterOff size={26} />}
                  title="Nobody matches"
                  action={
                    <Button variant="default" onClick={clear}>
                      Clear filters
                    </Button>
                  }
                >
                  The tenant has members, but none with these filters.
                </EmptyState>
              )}
              <Pager
                cursor={search.cursor}
                nextCursor={page.nextCursor}
                words={BY_NAME}
                onMove={(cursor) => void navigate({ search: { ...search, cursor } })}
              />
            </>
          )}
        </QueryView>
      </Section>
      {manages && <InvitationSection onInviteAgain={open} />}
      <Section title="What each role may do">
        <FieldList
          fields={ROLES.map((each) => ({
            label: `${each} · ${countOf(members.data?.counts[each] ?? 0, 'person', 'people')}`,
            value: ROLE_WORDS[each],
          }))}
        />
      </Section>
      <AddPersonModal opened={adding} onClose={dialog.close} again={again} />
      <ChangeRoleModal member={changing} onClose={() => setChanging(null)} />
      <ConfirmModal
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={removing?.userId === user.id ? 'Leave the tenant' : 'Remove from the tenant'}
        confirm={removing?.userId === user.id ? 'Leave' : 'Remove'}
        typed={removing?.userId === user.id ? tenantName : undefined}
        action={async () => {
          await removeMember(tenantId, removing?.userId ?? '');
          if (removing?.userId === user.id) await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
          else await queryClient.invalidateQueries({ queryKey: membersKey(tenantId) });
        }}
      >
        <strong>{removing?.name}</strong> loses {tenantName} at once, in every browser and with every API token.
        Operations that were started go on. Other tenants are not touched.
      </ConfirmModal>
    </>
  );
}
