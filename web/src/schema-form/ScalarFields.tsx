/** The controls for single values. Each hands on exactly what was typed. */
import { Checkbox } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import type { ChangeEvent } from 'react';
import { toJsonText } from '../json/json-text';
import type { JsonValue } from '../json/value';
import { useText } from '../text/text';
import { textOfDecimal, valueOfDecimalText } from './decimal-text';
import { fromFormValue, toFormValue } from './encoding';
import { useField } from './use-field';

const typed = (event: ChangeEvent<HTMLInputElement>) => event.currentTarget.value;

export function TextField(props: FieldProps) {
  return props.schema.enum ? <ChoiceField {...props} /> : <TextControl {...props} />;
}

function TextControl(props: FieldProps) {
  const { id, aria, context, path } = useField(props);
  return (
    <input
      className="control"
      id={id}
      {...aria}
      value={typeof props.formData === 'string' ? props.formData : ''}
      readOnly={context.readOnly}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => props.onChange(typed(event), [...path])}
    />
  );
}

export function DecimalField(props: FieldProps) {
  return props.schema.enum ? <ChoiceField {...props} /> : <DecimalControl {...props} />;
}

/**
 * A text field, because a browser's number field and its spinner change what was typed. Emptied, it gives up its
 * value where there is no default to fall back to, and otherwise says that it is empty.
 */
function DecimalControl(props: FieldProps) {
  const { id, aria, context, path } = useField(props);
  const hasDefault = path.length === 1 && Object.hasOwn(context.defaults, String(path[0]));
  const change = (text: string) => {
    const value = valueOfDecimalText(text) ?? (hasDefault ? '' : undefined);
    props.onChange(value === undefined ? undefined : toFormValue(value), [...path]);
  };
  return (
    <input
      className="control decimal-input"
      id={id}
      {...aria}
      value={textOfDecimal(fromFormValue(props.formData))}
      readOnly={context.readOnly}
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => change(typed(event))}
    />
  );
}

export function BooleanField(props: FieldProps) {
  const { id, aria, context, path } = useField(props);
  const text = useText();
  return (
    <Checkbox
      id={id}
      {...aria}
      error={aria['aria-invalid']}
      checked={props.formData === true}
      label={props.formData === true ? text.form.yes : props.formData === false ? text.form.no : text.form.notSet}
      disabled={context.readOnly}
      onChange={(event) => props.onChange(event.currentTarget.checked, [...path])}
    />
  );
}

export function NullField() {
  return <code>null</code>;
}

/** One of the values the schema lists; a value it does not list is shown, not hidden. */
function ChoiceField(props: FieldProps) {
  const { id, aria, context, path } = useField(props);
  const text = useText();
  const options = (props.schema.enum ?? []) as JsonValue[];
  const index = options.findIndex((option) => option === props.formData);
  const unlisted = props.formData !== undefined && index < 0;
  const current = unlisted ? 'unlisted' : index < 0 ? '' : String(index);
  const data = [
    ...(props.formData === undefined ? [{ value: '', label: text.form.notSet }] : []),
    ...(unlisted ? [{ value: 'unlisted', label: text.form.unlisted(shown(props.formData as JsonValue)) }] : []),
    ...options.map((option, at) => ({ value: String(at), label: shown(option) })),
  ];
  return (
    <select
      className="control"
      id={id}
      {...aria}
      value={current}
      disabled={context.readOnly}
      onChange={(event) => {
        const chosen = options[Number(event.currentTarget.value)];
        if (event.currentTarget.value !== '' && chosen !== undefined) props.onChange(chosen, [...path]);
      }}
    >
      {data.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function shown(option: JsonValue): string {
  const value = fromFormValue(option);
  return typeof value === 'string' ? value : toJsonText(value);
}
