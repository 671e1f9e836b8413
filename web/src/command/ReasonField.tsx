import { Textarea } from '@mantine/core';
import { useText } from '../text/text';
import { violationsUnder, type UserError } from './user-error';

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
  required: boolean;
  errors: readonly UserError[];
}

export function ReasonField({ value, onChange, required, errors }: ReasonFieldProps) {
  const text = useText();
  const refused = violationsUnder(errors, 'reason').map(({ message }) => message).join(' ');
  return (
    <Textarea
      label={text.command.reason}
      description={required ? text.command.reasonRequired : text.command.reasonOptional}
      required={required}
      error={refused || undefined}
      value={value}
      autosize
      minRows={2}
      onChange={(event) => onChange(onOneLine(event.currentTarget.value))}
    />
  );
}

/** As a field of one line does it, where whoever typed or pasted it sees it; the field only wraps. */
export function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ').replace(/\t/g, ' ');
}

/** What the input carries: nothing rather than blanks. */
export function reasonOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
