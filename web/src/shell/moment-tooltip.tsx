import { Tooltip } from '@mantine/core';
import { absoluteTime } from '../ui/format';

/** The exact time beside a moment. */
export function MomentTooltip({ moment, id }: { moment: HTMLTimeElement; id: string }) {
  return <Tooltip target={moment} opened label={<span id={id}>{absoluteTime(moment.dateTime)}</span>} />;
}
