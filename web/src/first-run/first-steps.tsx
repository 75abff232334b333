import { ActionIcon, Progress, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useTenant } from '../access/tenant-context';
import type { Overview } from '../api/overview';
import { ActiveRunNote } from '../runs/active-run-note';
import classes from './first-run.module.css';
import { StepAction } from './step-action';
import { nextStepOf, stepsOf } from './steps';

/** The way from an empty tenant to the first finding; it goes when all is done, or when somebody puts it away here. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const { tenantId } = useTenant();
  const titleId = useId();
  const [isHidden, setHidden] = useLocalStorage({
    key: `tenantatlas.first-steps-hidden.${tenantId}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const steps = stepsOf(overview);
  const done = steps.filter((step) => step.done).length;
  const next = nextStepOf(steps);
  if (isHidden || done === steps.length) return null;
  return (
    <section className={classes.steps} aria-labelledby={titleId}>
      <div className={classes.head}>
        <div>
          <Title order={2} id={titleId}>
            First steps
          </Title>
          <Text size="sm" c="dimmed">
            {done} of {steps.length} done.
            {overview.drift.lastComparison === null && ' From here to the first finding in a few minutes.'}
          </Text>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label="Put the first steps away" onClick={() => setHidden(true)}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      <Progress
        value={(done / steps.length) * 100}
        size="xs"
        radius={0}
        aria-label={`${done} of ${steps.length} first steps done`}
      />
      <ol className={classes.list}>
        {steps.map((step, at) => (
          <li key={step.key} data-state={step.done ? 'done' : step === next ? 'next' : 'later'}>
            <span className={classes.mark} aria-hidden>
              {step.done ? <IconCheck size={16} stroke={2.5} /> : at + 1}
            </span>
            <div className={classes.words}>
              <Text fw={600} size="sm">
                {step.title}
                {step.done && <span className="visually-hidden"> (done)</span>}
              </Text>
              {!step.done && (
                <Text size="sm" c="dimmed">
                  {step.text}
                </Text>
              )}
            </div>
            {!step.done && step.ready && (
              <div className={classes.action}>
                <StepAction step={step} overview={overview} isNext={step === next} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <div className={classes.running}>
        <ActiveRunNote
          type={next?.key === 'sync' || overview.drift.missing !== null ? 'inventory.sync' : 'drift.generate'}
        />
      </div>
    </section>
  );
}
