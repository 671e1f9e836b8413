/** The two selects that rjsf itself places: which alternative, and several of a list of values. */
import { MultiSelect, NativeSelect } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { toJsonText } from '../json/json-text';
import type { JsonValue } from '../json/value';
import { useText } from '../text/text';
import { fromFormValue } from './encoding';

export function SelectWidget(props: WidgetProps) {
  return props.multiple ? <SeveralOf {...props} /> : <AlternativeSelect {...props} />;
}

function AlternativeSelect({ id, value, options, onChange, label, disabled, readonly }: WidgetProps) {
  const text = useText();
  const data = (options.enumOptions ?? []).map((option) => ({ value: String(option.value), label: option.label }));
  return (
    <NativeSelect
      id={id}
      aria-label={text.form.alternativeOf(label)}
      value={value === undefined ? '' : String(value)}
      data={data}
      disabled={disabled || readonly || false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function SeveralOf({ id, value, options, onChange, label, disabled, readonly }: WidgetProps) {
  const choices = (options.enumOptions ?? []).map((option) => option.value as JsonValue);
  const shown = choices.map((choice) => String(typeof choice === 'string' ? choice : toJsonText(fromFormValue(choice))));
  const chosen = Array.isArray(value) ? value.map((one) => choices.indexOf(one as JsonValue)).filter((at) => at >= 0) : [];
  return (
    <MultiSelect
      id={id}
      aria-label={label}
      data={shown.map((name, at) => ({ value: String(at), label: name }))}
      value={chosen.map(String)}
      disabled={disabled || readonly || false}
      onChange={(next) => onChange(next.map((at) => choices[Number(at)]))}
    />
  );
}
