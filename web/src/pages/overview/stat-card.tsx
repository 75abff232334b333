import { Paper, Text } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { AppLink } from '../../ui/app-link';
import type { Tone } from '../../ui/tone';
import classes from './overview.module.css';

interface StatCardProps {
  title: string;
  Icon: TablerIcon;
  /** How the figure is to be taken; gray where there is none yet. */
  tone: Tone;
  /** The one thing to be seen from afar. */
  figure: ReactNode;
  /** What stands beside the figure. */
  aside?: ReactNode;
  children?: ReactNode;
  /** Where all of it is. */
  link: { href: string; label: string };
}

export function StatCard({ title, Icon, tone, figure, aside, children, link }: StatCardProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.card} data-tone={tone}>
      <div className={classes.cardHead}>
        <span className={classes.cardIcon} aria-hidden>
          <Icon size={18} stroke={1.8} />
        </span>
        <Text component="h2" id={id} className={classes.cardTitle}>
          {title}
        </Text>
      </div>
      <div className={classes.figureRow}>
        <div className={classes.figure}>{figure}</div>
        {aside}
      </div>
      <div className={classes.cardBody}>{children}</div>
      <AppLink href={link.href} className={`link-small ${classes.cardLink ?? ''}`}>
        {link.label}
      </AppLink>
    </Paper>
  );
}
