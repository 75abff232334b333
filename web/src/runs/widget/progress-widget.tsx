import './widget.css';
import { ActionIcon, Paper, Switch, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconActivity, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useRef, useSyncExternalStore, type KeyboardEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { activeRunsQuery, isActive, type Run } from '../../api/operations';
import { AppLink } from '../../ui/app-link';
import { countOf } from '../../ui/format';
import { endedRuns, followedRuns, forgetEnded } from '../watched-runs';
import { dismissRun, remember, widgetMemory } from './widget-memory';
import { RunAnnouncer } from './run-announcer';
import { useRest } from './use-rest';
import { useWidgetSpace } from './use-widget-space';
import { WidgetRow } from './widget-row';
import { widgetRuns, type WidgetRuns } from './widget-runs';

const NARROW = '(max-width: 47.99em)';

/** The runs that concern the person, on every page: how far they are, and how they ended. */
export function ProgressWidget() {
  const { tenantId, user } = useTenant();
  const memory = useSyncExternalStore(widgetMemory.subscribe, widgetMemory.current);
  const ended = useSyncExternalStore(endedRuns.subscribe, endedRuns.current);
  const followed = useSyncExternalStore(followedRuns.subscribe, followedRuns.current);
  const active = useQuery(activeRunsQuery(tenantId)).data?.items ?? [];
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const pill = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLElement>(null);

  const { everybody, dismissed, collapsed = isNarrow } = memory;
  const ofTenant = ended.filter((run) => run.tenantId === tenantId);
  const runs = widgetRuns(active, ofTenant, { everybody, dismissed, followed, userId: user.id });
  const isEmpty = runs.shown.length === 0 && runs.others === 0;
  // Others' runs alone are no reason to open anything.
  const [isResting, wake] = useRest(frame, runs.active > 0);
  const isPill = collapsed || isResting || (runs.shown.length === 0 && !everybody);
  useWidgetSpace(frame, !isEmpty);

  const setCollapsed = (now: boolean): void => {
    wake();
    // A person who opens it to see others' runs wants to see them.
    remember({ collapsed: now, ...(!now && runs.shown.length === 0 ? { everybody: true } : {}) });
    if (now) requestAnimationFrame(() => pill.current?.focus());
  };
  const dismiss = (run: Run): void => {
    if (isActive(run)) dismissRun(run.id);
    else forgetEnded(run.id);
  };
  return (
    <>
      <RunAnnouncer runs={runs.shown} />
      {!isEmpty && (
        <aside
          className="widget"
          aria-label="Operations in progress"
          ref={frame}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Escape' && !isPill) setCollapsed(true);
          }}
        >
          {isPill ? (
            <UnstyledButton
              className="widget-pill"
              data-tone={runs.troubled > 0 ? 'amber' : undefined}
              aria-expanded={false}
              ref={pill}
              onClick={() => setCollapsed(false)}
            >
              <IconActivity size={18} stroke={1.8} aria-hidden />
              {pillText(runs)}
              <IconChevronUp size={16} aria-hidden />
            </UnstyledButton>
          ) : (
            <Paper shadow="md" className="widget-panel">
              <div className="widget-head">
                <Text fw={600} size="sm" component="h2">
                  Operations
                </Text>
                <Switch
                  size="xs"
                  label="Everybody’s"
                  checked={everybody}
                  onChange={(event) => remember({ everybody: event.currentTarget.checked })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label="Collapse"
                  aria-expanded
                  onClick={() => setCollapsed(true)}
                >
                  <IconChevronDown size={18} />
                </ActionIcon>
              </div>
              <ul className="widget-list">
                {runs.shown.map((run) => (
                  <WidgetRow key={run.id} run={run} isFollowed={followed.has(run.id)} onDismiss={() => dismiss(run)} />
                ))}
              </ul>
              {runs.more > 0 && (
                <AppLink href={`/t/${tenantId}/operations`} className="widget-more link-small">
                  {countOf(runs.more, 'more active operation')}
                </AppLink>
              )}
            </Paper>
          )}
        </aside>
      )}
    </>
  );
}

function pillText({ shown, active, others, troubled }: WidgetRuns): string {
  if (active > 0) return countOf(active, 'operation running', 'operations running');
  if (shown.length > 0) {
    const ended = countOf(shown.length, 'operation ended', 'operations ended');
    return troubled === 0 ? ended : `${ended}, ${troubled} with failures`;
  }
  return `${countOf(others, 'operation', 'operations')} of others`;
}
