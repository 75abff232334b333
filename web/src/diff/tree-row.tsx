import { IconChevronRight } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { BreakableName } from '../ui/breakable-name';
import { countOf, numberText } from '../ui/format';
import { ToneBadge } from '../ui/tone-badge';
import { CHANGE_LOOKS, countsWords } from './change-looks';
import { changesIn, countsOf, isEqual, type DiffNode } from './diff-node';
import { DiffValue } from './diff-value';
import classes from './diff.module.css';
import { TextLines } from './text-lines';
import { plainText } from './value-words';
import type { TreeRow } from './visible-rows';

interface TreeRowViewProps {
  row: TreeRow;
  id: string;
  isActive: boolean;
  /** Whether a link leads to it. */
  isTarget: boolean;
  /** What the two columns are called; null for a tree of one side. */
  sides: { before: string; after: string } | null;
  hasTechnicalNames: boolean;
  onToggle: () => void;
  onActive: () => void;
  menu: ReactNode;
}

/** One line of the tree: name, value before and value after, or the one value; a long text opens below it. */
export function TreeRowView({ row, id, isActive, isTarget, sides, hasTechnicalNames, ...rest }: TreeRowViewProps) {
  const { node, level, isOpen, isText } = row;
  const isGroup = node.isGroup === true;
  return (
    <div
      role="row"
      id={id}
      className={classes.row}
      style={{ '--level': level } as CSSProperties}
      tabIndex={isActive ? 0 : -1}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
      data-change={sides === null ? 'same' : node.change}
      data-group={isGroup}
      data-single={sides === null}
      data-target={isTarget}
      onFocus={rest.onActive}
    >
      <div role="rowheader" className={classes.name}>
        {isOpen === undefined ? (
          <span className={classes.noToggle} />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className={classes.toggle}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${node.label}`}
            data-open={isOpen}
            onClick={rest.onToggle}
          >
            <IconChevronRight size={16} aria-hidden />
          </button>
        )}
        <div className={classes.label}>
          <BreakableName name={node.label} />
          {hasTechnicalNames && node.technicalName !== undefined && (
            <div className="cell-note">
              <BreakableName name={node.technicalName} />
            </div>
          )}
        </div>
        {!isGroup && sides !== null && node.change !== 'same' && <ChangeBadge node={node} />}
      </div>
      {isGroup ? (
        <div role="gridcell" className={classes.wide} aria-colspan={sides === null ? 1 : 2}>
          {sides === null ? numberText(node.children.length) : countsWords(countsOf(changesIn([node])))}
        </div>
      ) : (
        <Values node={node} isText={isText} sides={sides} />
      )}
      <div role="gridcell" className={classes.actions}>
        {!isGroup && rest.menu}
      </div>
      {isText && isOpen === true && (
        <div role="gridcell" className={classes.text} aria-colspan={sides === null ? 3 : 4}>
          <TextLines before={plainText(node.before)} after={plainText(node.after)} label={`Text of ${node.label}`} />
        </div>
      )}
    </div>
  );
}

function ChangeBadge({ node: { change } }: { node: DiffNode }) {
  const { words, tone, Icon } = CHANGE_LOOKS[change];
  return (
    <div className={classes.badge}>
      <ToneBadge tone={tone} Icon={Icon}>
        {words}
      </ToneBadge>
    </div>
  );
}

function Values({ node, isText, sides }: { node: DiffNode; isText: boolean; sides: TreeRowViewProps['sides'] }) {
  const { before, after, change } = node;
  const onlyBelow = before === undefined && after === undefined && node.children.length > 0;
  if (sides === null) {
    const value = after ?? before;
    return (
      <div role="gridcell" className={classes.wide}>
        {onlyBelow ? null : isText ? textSize(value) : <DiffValue side="after" value={value} />}
      </div>
    );
  }
  if (onlyBelow) {
    return (
      <div role="gridcell" className={classes.wide} aria-colspan={2}>
        {change === 'changed' ? countsWords(countsOf(changesIn([node]))) : null}
      </div>
    );
  }
  // What changed only below has the same value on both sides.
  const isPlain = change === 'same' || (change === 'changed' && isEqual(before, after));
  return (['before', 'after'] as const).map((side) => {
    const [own, other] = side === 'before' ? [before, after] : [after, before];
    const isThere = change !== (side === 'before' ? 'added' : 'removed');
    return (
      <div
        key={side}
        role="gridcell"
        className={classes.cell}
        data-side={side}
        data-there={isThere && !isPlain}
        data-plain={isPlain}
      >
        <span className={classes.sideLabel}>{side === 'before' ? sides.before : sides.after}</span>
        {!isThere ? (
          <span className={classes.absent}>{side === 'before' ? 'Was not there' : 'Is not there'}</span>
        ) : isText ? (
          textSize(own)
        ) : (
          <DiffValue side={side} value={own} {...(change === 'changed' && !isPlain ? { other } : {})} />
        )}
      </div>
    );
  });
}

function textSize(value: unknown): string {
  const text = plainText(value).trimEnd();
  if (text === '') return 'No text';
  return Array.isArray(value)
    ? countOf(value.length, 'entry', 'entries')
    : `Text, ${countOf(text.split('\n').length, 'line')}`;
}
