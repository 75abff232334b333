import { Radio, Stack } from '@mantine/core';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { ROLE_WORDS } from '../../access/role-words';

export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <Radio.Group label="Role" value={value} onChange={(role) => onChange(role)}>
      <Stack gap="xs" mt={6}>
        {ROLES.map((role) => (
          <Radio key={role} value={role} label={role} description={ROLE_WORDS[role]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
