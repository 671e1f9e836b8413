/** A value as JSON text: for what the form cannot draw, and for members outside the schema. */
import { Text } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useEffect, useRef, useState } from 'react';
import { parseJson, toJsonText } from '../json/json-text';
import { whyUnreadable } from '../json/unreadable';
import { isJsonObject, jsonEqual, type JsonValue } from '../json/value';
import { useText, type Text as Catalogue } from '../text/text';
import { errorId } from './aria';
import { fromFormValue, toFormValue } from './encoding';
import { useField } from './use-field';

export function JsonField(props: FieldProps) {
  const { id, aria, context, path, errors } = useField(props);
  const value = props.formData === undefined ? undefined : fromFormValue(props.formData);
  return (
    <JsonBox
      id={id}
      value={value}
      label={props.schema.title ?? props.name}
      describedBy={aria['aria-describedby']}
      invalid={errors.length > 0}
      readOnly={context.readOnly}
      onChange={(next) => props.onChange(next === undefined ? undefined : toFormValue(next), [...path])}
      onUnreadable={(unreadable) => context.setUnreadable(id, unreadable)}
    />
  );
}

interface JsonBoxProps {
  id: string;
  value: JsonValue | undefined;
  label: string;
  describedBy?: string | undefined;
  invalid?: boolean;
  readOnly: boolean;
  onChange: (value: JsonValue | undefined) => void;
  onUnreadable: (unreadable: boolean) => void;
  /** Text that is JSON but no object is refused like text that is no JSON. */
  objectsOnly?: boolean;
}

export function JsonBox(props: JsonBoxProps) {
  const { id, value, label, describedBy, invalid, readOnly, onChange, onUnreadable } = props;
  const text = useText();
  const read = (draft: string) => readJson(draft, text.form, props.objectsOnly ?? false);
  const [draft, setDraft] = useState(() => written(value));
  const parsed = read(draft);

  // What changed elsewhere (a reset, the JSON view) wins over the draft; one's own typing keeps its spacing
  useEffect(() => {
    setDraft((current) => {
      const own = read(current);
      return own.ok && same(own.value, value) ? current : written(value);
    });
  }, [value]);
  // Only when the box goes: whatever it held is no longer in the way
  const gone = useRef(onUnreadable);
  gone.current = onUnreadable;
  useEffect(() => () => gone.current(false), []);

  const change = (next: string) => {
    setDraft(next);
    const result = read(next);
    onUnreadable(!result.ok);
    if (result.ok && !same(result.value, value)) onChange(result.value);
  };
  const unreadableId = `${errorId(id)}-json`;
  return (
    <>
      <textarea
        className="control json-input"
        id={id}
        value={draft}
        aria-label={label}
        aria-describedby={[describedBy, parsed.ok ? undefined : unreadableId].filter(Boolean).join(' ') || undefined}
        aria-invalid={invalid || !parsed.ok || undefined}
        readOnly={readOnly}
        rows={Math.min(16, Math.max(2, draft.split('\n').length))}
        spellCheck={false}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {parsed.ok ? null : (
        <Text id={unreadableId} size="sm" c="var(--bad)">
          {text.form.unreadable(parsed.why)}
        </Text>
      )}
    </>
  );
}

function written(value: JsonValue | undefined): string {
  return value === undefined ? '' : toJsonText(value, 2);
}

type Read = { ok: true; value: JsonValue | undefined } | { ok: false; why: string };

function readJson(draft: string, says: Catalogue['form'], objectsOnly: boolean): Read {
  if (draft.trim() === '') return { ok: true, value: undefined };
  try {
    const value = parseJson(draft);
    if (objectsOnly && !isJsonObject(value)) return { ok: false, why: says.mustBeObject };
    return { ok: true, value };
  } catch (error) {
    return { ok: false, why: says.whyUnreadable(whyUnreadable(error, draft)) };
  }
}

function same(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return jsonEqual(left, right) && (left === undefined ? '' : toJsonText(left)) === (right === undefined ? '' : toJsonText(right));
}
