/** Everything that is wrong, each a link to its field. */
import { Alert, Anchor, List } from '@mantine/core';
import { pathOf } from '../json/pointer';
import { useText } from '../text/text';
import { namedViolation } from '../validation/sentence';
import { faultyField, type Violation } from '../validation/violation';

/** What is wrong with a field that is not of the configuration. */
export interface FieldProblem {
  fieldId: string;
  sentence: string;
}

interface ErrorSummaryProps {
  /** Said first: such fields stand above the configuration. */
  others?: readonly FieldProblem[];
  violations: readonly Violation[];
  idPrefix: string;
  /** Shows the form, where the fields are. */
  onOpen: () => void;
}

export function ErrorSummary({ others = [], violations, idPrefix, onOpen }: ErrorSummaryProps) {
  const text = useText();
  const count = others.length + violations.length;
  if (count === 0) return null;
  const open = (violation: Violation) => {
    onOpen();
    // After the form is drawn
    requestAnimationFrame(() => focusField(idPrefix, faultyField(violation)));
  };
  return (
    <Alert color="red" variant="outline" title={text.form.problems(count)} data-refusal tabIndex={-1}>
      <List>
        {others.map(({ fieldId: id, sentence }) => (
          <List.Item key={id}>
            <Anchor
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {sentence}
            </Anchor>
          </List.Item>
        ))}
        {violations.map((violation) => (
          <List.Item key={`${violation.pointer} ${violation.keyword} ${String(violation.limit)}`}>
            <Anchor
              href={`#${fieldId(idPrefix, faultyField(violation))}`}
              onClick={(event) => {
                event.preventDefault();
                open(violation);
              }}
            >
              {namedViolation(violation, text)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

export function fieldId(idPrefix: string, pointer: string): string {
  return [idPrefix, ...pathOf(pointer)].join('_');
}

/** The field, or the nearest thing around it that is on the page. */
function focusField(idPrefix: string, pointer: string): void {
  const path = pathOf(pointer);
  for (let length = path.length; length > 0; length -= 1) {
    const element = document.getElementById([idPrefix, ...path.slice(0, length)].join('_'));
    if (element !== null) {
      element.focus();
      element.scrollIntoView({ block: 'center' });
      return;
    }
  }
  const outside = document.getElementById(`${idPrefix}__outside`);
  outside?.focus();
  outside?.scrollIntoView({ block: 'center' });
}
