import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the policies of a page are sorted, found and counted by, beside the policy itself. Behind row-level security an
 * index is searched with the comparisons of stored columns alone: `lower()`, `LIKE` and trigrams would be asked of every
 * tenant's rows first. So the name in lower case is a column, and a text is searched in the rows of one tenant.
 */
export class InventorySearch1790000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inventory_policies
        ADD COLUMN description text,
        ADD COLUMN assigned boolean NOT NULL DEFAULT false,
        ADD COLUMN scope_tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN complete boolean NOT NULL GENERATED ALWAYS AS (completeness @> '{"complete": true}') STORED,
        ADD COLUMN sort_name text NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
        ADD COLUMN search_text text NOT NULL
          GENERATED ALWAYS AS (lower(name || E'\\n' || coalesce(description, ''))) STORED;
      DROP INDEX inventory_policies_page;
      CREATE INDEX inventory_policies_by_name ON inventory_policies (tenant_id, sort_name, id);
      CREATE INDEX inventory_policies_by_change ON inventory_policies (tenant_id, changed_at DESC, id DESC);
    `);
    // Checked at once: a deferred check that is pending would forbid every later migration of this transaction the table.
    await runner.query(`
      SET CONSTRAINTS inventory_policies_current_version IMMEDIATE;
      UPDATE inventory_policies p SET
        description = v.content->>'description',
        assigned = coalesce(v.content->'assignments' <> '[]', false),
        scope_tags = ARRAY(
          SELECT tag #>> '{}' FROM jsonb_path_query(v.content, '$.properties.keyvalue()
            ? (@.key == "roleScopeTagIds" || @.key == "roleScopeTags" || @.key == "scopeIds").value[*]') AS tag)
      FROM inventory_policy_versions v
      WHERE v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX inventory_policies_by_change;
      DROP INDEX inventory_policies_by_name;
      CREATE INDEX inventory_policies_page ON inventory_policies (tenant_id, lower(name), id) WHERE present;
      ALTER TABLE inventory_policies DROP COLUMN search_text, DROP COLUMN sort_name, DROP COLUMN complete,
        DROP COLUMN scope_tags, DROP COLUMN assigned, DROP COLUMN description;
    `);
  }
}
