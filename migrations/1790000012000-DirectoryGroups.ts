import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The cache of a tenant's Entra groups, and how far its reading is. What the list is sorted and searched by is stored: an
 * index over `lower()` or trigrams is not used behind row-level security, and what `lower()` makes of an umlaut depends on
 * the database's locale. A part of a name is looked for in the tenant's own rows. Both links of the state bear a token and
 * are sealed.
 */
export class DirectoryGroups1790000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directory_groups (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        group_id text NOT NULL CHECK (char_length(group_id) BETWEEN 1 AND 128),
        display_name text,
        description text,
        mail text,
        kinds text[] NOT NULL
          CHECK (kinds <@ ARRAY['security', 'microsoft365', 'dynamic', 'mail_enabled', 'on_premises']),
        membership_rule text,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now(),
        seen_round integer NOT NULL,
        removed_at timestamptz,
        removed_reason text CHECK (removed_reason IN ('soft_deleted', 'deleted', 'not_listed')),
        sort_name text NOT NULL CHECK (char_length(sort_name) <= 256),
        search_text text NOT NULL,
        PRIMARY KEY (tenant_id, group_id),
        CONSTRAINT directory_groups_removed_why CHECK ((removed_at IS NULL) = (removed_reason IS NULL))
      );
      CREATE INDEX directory_groups_page ON directory_groups (tenant_id, sort_name, group_id);

      CREATE TABLE directory_group_state (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        round integer NOT NULL DEFAULT 0,
        round_kind text CHECK (round_kind IN ('full', 'delta')),
        round_cause text,
        round_started_at timestamptz,
        round_pages integer NOT NULL DEFAULT 0,
        round_counts jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(round_counts) = 'object'),
        next_link bytea,
        delta_link bytea,
        fields text,
        last_full_at timestamptz,
        last_delta_at timestamptz,
        CONSTRAINT directory_group_state_open_round CHECK (
          (round_kind IS NULL) = (round_started_at IS NULL) AND (round_kind IS NOT NULL OR next_link IS NULL))
      );
    `);
    await runner.query(`
      ALTER TABLE directory_groups ENABLE ROW LEVEL SECURITY;
      CREATE POLICY directory_groups_own_tenant ON directory_groups TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      ALTER TABLE directory_group_state ENABLE ROW LEVEL SECURITY;
      CREATE POLICY directory_group_state_own_tenant ON directory_group_state TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE directory_group_state;
      DROP TABLE directory_groups;
    `);
  }
}
