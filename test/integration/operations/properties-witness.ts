/**
 * Sees every write to a run, however short its effect lasts, and notes what may never be written. The time is the
 * database's own, at the moment of the write.
 */
export const WITNESS = `
  CREATE TABLE breaches_seen (run_id bigint NOT NULL, tenant_id uuid NOT NULL, what text NOT NULL);
  CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    taken boolean := NEW.lease_epoch <> OLD.lease_epoch;
    -- A worker that gives its run up takes its attempt back; a sweep does not.
    given_back boolean := OLD.status = 'running' AND NEW.status = 'queued' AND NEW.attempt = OLD.attempt;
    progress boolean := NEW.status <> 'completed' AND NEW.summary_counts ? 'epoch'
      AND NEW.summary_counts <> OLD.summary_counts;
  BEGIN
    IF (taken AND OLD.status <> 'queued')
      OR ((taken OR given_back) AND OLD.lease_expires_at > clock_timestamp()) THEN
      INSERT INTO breaches_seen VALUES (NEW.id, NEW.tenant_id, 'lease');
    END IF;
    IF progress AND (NEW.status <> 'running' OR (NEW.summary_counts ->> 'epoch')::int <> NEW.lease_epoch) THEN
      INSERT INTO breaches_seen VALUES (NEW.id, NEW.tenant_id, 'progress');
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER witness AFTER UPDATE ON operation_runs FOR EACH ROW EXECUTE FUNCTION witness()`;

export const BREACHES: Readonly<Record<string, string>> = {
  'I3: a lease is taken only of a queued run, which comes back to the queue only when the former has run out': `
    SELECT run_id AS id FROM breaches_seen WHERE tenant_id = ANY ($1) AND what = 'lease'`,
  'I5: progress is of the epoch that holds the run': `
    SELECT run_id AS id FROM breaches_seen WHERE tenant_id = ANY ($1) AND what = 'progress'`,
  'I5: items are of the epoch that completed the run': `
    SELECT r.id FROM operation_runs r JOIN operation_run_items i ON i.run_id = r.id
    WHERE r.tenant_id = ANY ($1) AND split_part(i.item_id, '/', 1)::int <> r.lease_epoch`,
};
