/** A configuration as a form and as JSON: two views of the same overrides, with one list of what is wrong. */
import { Alert, Stack, Tabs, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { JsonEditor } from '../json-editor/JsonEditor';
import { pathOf, valueAt, withValueAt } from '../json/pointer';
import { parseJson, toJsonText } from '../json/json-text';
import { whyUnreadable } from '../json/unreadable';
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../json/value';
import type { SchemaFormContext } from '../schema-form/form-context';
import { OVERRIDES, type Layers } from '../schema-form/layers';
import { reset } from '../schema-form/overrides';
import { SchemaForm } from '../schema-form/SchemaForm';
import { useText, type Text as Catalogue } from '../text/text';
import { violationSentence } from '../validation/sentence';
import { tryValidate } from '../validation/validate';
import { faultyField, type Violation } from '../validation/violation';
import { ErrorSummary, type FieldProblem } from './ErrorSummary';

interface ConfigEditorProps {
  idPrefix: string;
  label: string;
  schema: JsonValue;
  /** The part of the schema that the form draws; the rest only checks. */
  drawn?: JsonValue;
  /** What the overrides lie on. */
  defaults: JsonObject;
  defaultsVersion?: string | undefined;
  layers?: Layers;
  /** Defaults to tell beside the values where the overrides lie on something else. */
  standards?: JsonObject;
  overrides: JsonObject;
  onChange: (overrides: JsonObject) => void;
  /** Text that is no JSON stands somewhere: what is on screen is not what would be sent. */
  onReadable?: (readable: boolean) => void;
  /** What the server said about `serverChecked`; each counts until its value changes. */
  serverViolations?: readonly Violation[];
  serverChecked?: JsonObject | undefined;
  /** What is wrong around the configuration, for the one list of it. */
  otherProblems?: readonly FieldProblem[];
  /** Members the server adds: a schema that asks for them is satisfied by it. */
  serverMembers?: JsonObject;
  /** Somebody wants to see a field that may not be drawn now. */
  onSeek?: () => void;
  readOnly?: boolean;
}

const NONE: JsonObject = {};

export function ConfigEditor(props: ConfigEditorProps) {
  const { schema, drawn = schema, defaults, overrides, onChange, readOnly = false, layers = OVERRIDES, serverMembers = NONE } = props;
  const text = useText();
  const [view, setView] = useState<string>('form');
  const [jsonText, setJsonText] = useState(() => toJsonText(overrides, 2));
  const unreadable = useRef(new Set<string>());
  const effective = useMemo(() => layers.effective(defaults, overrides), [layers, defaults, overrides]);
  // What changed elsewhere shows in the JSON view, too; one's own typing comes back as it was typed
  useEffect(() => {
    setJsonText((shown) => (sameJson(shown, overrides) ? shown : toJsonText(overrides, 2)));
  }, [overrides]);
  const { violations, unusable } = useMemo(
    () => tryValidate(schema, { ...serverMembers, ...effective }),
    [schema, serverMembers, effective],
  );
  const standing = useStanding(props.serverViolations, props.serverChecked, effective);
  const all = useMemo(() => merged(violations, standing), [violations, standing]);

  const setUnreadable = (id: string, isUnreadable: boolean) => {
    if (isUnreadable) unreadable.current.add(id);
    else unreadable.current.delete(id);
    props.onReadable?.(unreadable.current.size === 0);
  };
  const edit = (next: JsonObject) => onChange(layers.ownAfterEdit(defaults, overrides, next));
  const context: SchemaFormContext = {
    schema: drawn,
    defaults,
    defaultsVersion: props.defaultsVersion,
    standards: props.standards,
    onlyNamed: drawn !== schema,
    readOnly,
    setUnreadable,
    errorsAt: (pointer) => {
      const here = all.filter((violation) => faultyField(violation) === pointer);
      return here.map((violation) => violationSentence(violation, text));
    },
    sourceOf: (name) => layers.sourceOf(defaults, overrides, name),
    reset: (name) => onChange(reset(overrides, name)),
    set: (path, value) => {
      const next = withValueAt(effective, path, value);
      if (isJsonObject(next)) edit(next);
    },
  };
  const reading = readObject(jsonText, text);
  const show = (next: string | null) => {
    // Text that cannot be read would be lost on the way back to the form
    if (view === 'json' && !reading.ok) return;
    if (next === 'json') setJsonText(toJsonText(overrides, 2));
    setView(next ?? 'form');
  };
  const seek = () => {
    setView('form');
    props.onSeek?.();
  };
  const typeJson = (typed: string) => {
    setJsonText(typed);
    const read = readObject(typed, text);
    setUnreadable('json-view', !read.ok);
    if (read.ok && toJsonText(read.value) !== toJsonText(overrides)) onChange(read.value);
  };
  const check = (value: JsonValue) =>
    tryValidate(schema, { ...serverMembers, ...layers.effective(defaults, isJsonObject(value) ? value : {}) }).violations;

  return (
    <Stack gap="md">
      {unusable === undefined ? null : (
        <Alert color="warn" variant="outline">
          {text.form.schemaUnusable(unusable)}
        </Alert>
      )}
      <ErrorSummary others={props.otherProblems} violations={all} idPrefix={props.idPrefix} onOpen={seek} />
      <Tabs value={view} onChange={show} keepMounted={false}>
        <Tabs.List aria-label={props.label}>
          <Tabs.Tab value="form">{text.form.asForm}</Tabs.Tab>
          <Tabs.Tab value="json">{text.form.asJson}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form" pt="md">
          <SchemaForm schema={drawn} value={effective} context={context} idPrefix={props.idPrefix} onChange={edit} />
        </Tabs.Panel>
        <Tabs.Panel value="json" pt="md">
          {layers.about === undefined ? null : (
            <Text size="sm" c="dimmed" mb="xs">
              {text.form[layers.about]}
            </Text>
          )}
          <JsonEditor
            value={jsonText}
            label={props.label}
            readOnly={readOnly}
            onChange={typeJson}
            check={check}
            sentence={(violation) => violationSentence(violation, text)}
          />
          {reading.ok ? null : (
            <Text size="sm" c="var(--bad)" role="alert" mt="xs">
              {text.form.unreadable(reading.why)}
            </Text>
          )}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

type Reading = { ok: true; value: JsonObject } | { ok: false; why: string };

function readObject(typed: string, text: Catalogue): Reading {
  try {
    const value = parseJson(typed);
    return isJsonObject(value) ? { ok: true, value } : { ok: false, why: text.form.mustBeObject };
  } catch (error) {
    return { ok: false, why: text.form.whyUnreadable(whyUnreadable(error, typed)) };
  }
}

function sameJson(shown: string, value: JsonObject): boolean {
  try {
    return toJsonText(parseJson(shown)) === toJsonText(value);
  } catch {
    // Not readable yet: somebody is typing
    return true;
  }
}

/** The server's violations whose value is still the one it judged. */
function useStanding(found: readonly Violation[] | undefined, checked: JsonObject | undefined, now: JsonObject) {
  return useMemo(() => {
    if (found === undefined || checked === undefined) return [];
    return found.filter((violation) => {
      const path = pathOf(faultyField(violation));
      return jsonEqual(valueAt(checked, path), valueAt(now, path));
    });
  }, [found, checked, now]);
}

/** Both may say the same about the same value: once is enough. */
function merged(own: readonly Violation[], servers: readonly Violation[]): Violation[] {
  const known = new Set(own.map((violation) => `${violation.keyword} ${faultyField(violation)}`));
  return [...own, ...servers.filter((violation) => !known.has(`${violation.keyword} ${faultyField(violation)}`))];
}
