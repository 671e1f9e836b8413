/** What differs, a line each: the place, what it was and what it is. */
import { List } from '@mantine/core';
import { dotted, pathOf } from '../json/pointer';
import { useText } from '../text/text';
import { printed } from './sentences';
import type { Difference } from './structure';

interface DifferenceListProps {
  of: readonly Difference[];
  /** What a schema calls a top-level member. */
  titleOf?: (name: string) => string | undefined;
  /** What a schema measures it in. */
  unitOf?: (name: string) => string | undefined;
}

export function DifferenceList({ of, titleOf, unitOf }: DifferenceListProps) {
  const text = useText();
  return (
    <List size="sm" data-changes={of.length}>
      {of.map(({ pointer, before, after }) => {
        const [name = '', ...inside] = pathOf(pointer);
        const title = inside.length === 0 ? titleOf?.(name) : undefined;
        const unit = unitOf?.(name);
        return (
          <List.Item key={pointer}>
            <b>{title ?? (dotted(pointer) || '/')}</b>: <span className="mono">{printed(before)}</span> →{' '}
            <span className="mono">{printed(after)}</span>
            {unit === undefined ? null : ` (${text.form.unit(unit)})`}
          </List.Item>
        );
      })}
    </List>
  );
}
