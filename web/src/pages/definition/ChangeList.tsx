import { Badge, List } from '@mantine/core';
import { useText } from '../../text/text';

interface Change {
  sentence: string;
  part: string;
  pointer: string;
  breaking: boolean;
}

export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const text = useText();
  return (
    <List>
      {changes.map((change) => (
        <List.Item key={`${change.part}${change.pointer}${change.sentence}`}>
          {change.sentence}{' '}
          {change.breaking ? (
            <Badge color="red" tt="none" size="sm">
              {text.diff.breaking}
            </Badge>
          ) : null}
        </List.Item>
      ))}
    </List>
  );
}
