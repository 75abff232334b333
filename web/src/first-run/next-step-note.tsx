import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { overviewQuery } from '../api/overview';
import classes from './first-run.module.css';
import { StepAction } from './step-action';
import { nextStepOf, stepsOf, type StepKey } from './steps';

/**
 * Leads on from the page of one first step to the next one, or back to one that was left out; shows nothing when the next
 * step is this page's own, or all are done.
 */
export function NextStepNote({ here }: { here: StepKey }) {
  const { tenantId } = useTenant();
  const overview = useQuery(overviewQuery(tenantId)).data;
  if (overview === undefined) return null;
  const next = nextStepOf(stepsOf(overview));
  if (next === undefined || next.key === here) return null;
  return (
    <section className={classes.next} aria-label="Next step">
      <div>
        <Text size="sm" fw={600}>
          Next: {next.title.charAt(0).toLowerCase() + next.title.slice(1)}
        </Text>
        <Text size="sm" c="dimmed">
          {next.text}
        </Text>
      </div>
      <StepAction step={next} overview={overview} isNext />
    </section>
  );
}
