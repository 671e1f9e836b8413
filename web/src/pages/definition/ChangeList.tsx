import { Badge, List } from '@mantine/core';
import type { Phrase } from '../../text/phrase';
import { useText } from '../../text/text';

interface Change {
  sentence: string;
  phrase: Phrase;
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
          {text.said(change.sentence, change.phrase)}{' '}
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
