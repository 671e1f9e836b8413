/** A form drawn from a configuration schema. It never changes a value on its own. */
// By their own modules: the package's index also loads a test registry, which wants another validator
import Form from '@rjsf/core/lib/components/Form.js';
import getDefaultRegistry from '@rjsf/core/lib/getDefaultRegistry.js';
import type { FieldProps, FormContextType, Registry, RJSFSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';
import { drawnSchema } from './drawn-schema';
import { needsJson } from './drawable';
import { fromFormValue, toFormValue } from './encoding';
import { FieldFrame } from './FieldFrame';
import { SchemaFormProvider, useSchemaForm, type SchemaFormContext } from './form-context';
import { Alternatives, ListGroup, ListItem, ObjectGroup } from './Groups';
import { JsonField } from './JsonField';
import { BooleanField, DecimalField, NullField, TextField } from './ScalarFields';
import { SelectWidget } from './SelectWidgets';
import { useText } from '../text/text';
import { formValidator } from './validator';

const { SchemaField: DrawnField } = getDefaultRegistry().fields as { SchemaField: React.ComponentType<FieldProps> };
const AS_JSON = { 'ui:field': 'JsonField', 'ui:fieldReplacesAnyOrOneOf': true };

/** Decides for each place whether it is drawn or shown as JSON. */
function SchemaField(props: FieldProps) {
  const context = useSchemaForm();
  const { path } = props.fieldPathId;
  const json = path.length > 0 && needsJson(context.schema, props.schema, props.formData, path.length) !== undefined;
  if (!json) return <DrawnField {...props} />;
  // rjsf draws nothing at all for a schema without keywords
  const schema = typeof props.schema === 'object' ? { $comment: 'as JSON', ...props.schema } : { $comment: 'as JSON' };
  return <DrawnField {...props} schema={schema} uiSchema={{ ...props.uiSchema, ...AS_JSON }} />;
}

const fields = {
  SchemaField,
  StringField: TextField,
  NumberField: DecimalField,
  BooleanField,
  NullField,
  JsonField,
};

const templates = {
  FieldTemplate: FieldFrame,
  ObjectFieldTemplate: ObjectGroup,
  ArrayFieldTemplate: ListGroup,
  ArrayFieldItemTemplate: ListItem,
  MultiSchemaFieldTemplate: Alternatives,
};

interface SchemaFormProps {
  schema: JsonValue;
  value: JsonObject;
  context: SchemaFormContext;
  idPrefix: string;
  onChange: (value: JsonObject) => void;
}

export function SchemaForm({ schema, value, context, idPrefix, onChange }: SchemaFormProps) {
  const drawn = useMemo(() => toFormValue(asObjectSchema(drawnSchema(schema))) as RJSFSchema, [schema]);
  const formData = useMemo(() => toFormValue(value), [value]);
  const { form: says } = useText();
  const translateString = useMemo(() => inOurWords(says.alternative), [says]);
  return (
    <SchemaFormProvider value={context}>
      <Form
        tagName="div"
        idPrefix={idPrefix}
        schema={drawn}
        formData={formData}
        validator={formValidator}
        fields={fields}
        templates={templates}
        translateString={translateString}
        widgets={{ select: SelectWidget, SelectWidget }}
        readonly={context.readOnly}
        noValidate
        noHtml5Validate
        showErrorList={false}
        experimental_defaultFormStateBehavior={{
          arrayMinItems: { populate: 'never' },
          emptyObjectFields: 'skipDefaults',
          constAsDefaults: 'never',
        }}
        experimental_componentUpdateStrategy="always"
        onChange={(event) => {
          const next = fromFormValue(event.formData ?? {});
          if (isJsonObject(next)) onChange(next);
        }}
      >
        <></>
      </Form>
    </SchemaFormProvider>
  );
}

/** All that rjsf says itself: how an alternative is called that has no title. Its number is the last of the parameters. */
function inOurWords(alternative: (number: string) => string): Registry<unknown, RJSFSchema, FormContextType>['translateString'] {
  return (sentence, params = []) => (sentence.toLowerCase().includes('option %') ? alternative(params.at(-1) ?? '') : sentence);
}

/** Configurations are objects, whether the schema says so or not. */
function asObjectSchema(schema: JsonValue): JsonObject {
  const members = isJsonObject(schema) ? schema : {};
  return { ...members, type: 'object', properties: isJsonObject(members['properties']) ? members['properties'] : {} };
}
