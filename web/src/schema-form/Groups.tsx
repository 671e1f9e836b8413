/** How objects, lists and alternatives are laid out. */
import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  MultiSchemaFieldTemplateProps,
  ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { useText } from '../text/text';
import { fromFormValue } from './encoding';
import { JsonBox } from './JsonField';
import { isJsonObject, type JsonObject } from '../json/value';
import { useField } from './use-field';

export function ObjectGroup(props: ObjectFieldTemplateProps) {
  const { path } = useField(props);
  const fields = (
    <Stack gap="md">
      {props.properties.map((property) => (
        <div key={property.name}>{property.content}</div>
      ))}
      <OutsideSchema {...props} />
    </Stack>
  );
  if (path.length === 0) return fields;
  return (
    <Fieldset legend={props.title || String(path.at(-1))} id={props.fieldPathId.$id} tabIndex={-1}>
      {props.schema.description ? (
        <Text size="sm" c="dimmed" mb="sm">
          {props.schema.description}
        </Text>
      ) : null}
      {fields}
    </Fieldset>
  );
}

/** Members the schema does not name: they are sent, so they are shown. */
function OutsideSchema(props: ObjectFieldTemplateProps) {
  const text = useText();
  const { context, path } = useField(props);
  const data = fromFormValue(props.formData ?? {});
  const members = isJsonObject(data) ? data : {};
  const named = new Set(props.properties.map(({ name }) => name));
  const outside = Object.fromEntries(Object.entries(members).filter(([name]) => !named.has(name)));
  const id = `${props.fieldPathId.$id}__outside`;
  if (path.length === 0 && context.onlyNamed) return null;
  if (Object.keys(outside).length === 0 && (path.length > 0 || context.readOnly)) return null;
  const change = (next: JsonObject) => {
    const inside = Object.entries(members).filter(([name]) => named.has(name));
    context.set(path, { ...Object.fromEntries(inside), ...next });
  };
  return (
    <Stack gap={4}>
      <Text component="label" htmlFor={id} fw={600} size="sm">
        {text.form.outside}
      </Text>
      <Text size="sm" c="dimmed" id={`${id}-about`}>
        {text.form.outsideAbout}
      </Text>
      <JsonBox
        id={id}
        value={outside}
        label={text.form.outside}
        describedBy={`${id}-about`}
        readOnly={context.readOnly}
        onChange={(next) => (isJsonObject(next) ? change(next) : next === undefined ? change({}) : undefined)}
        onUnreadable={(unreadable) => context.setUnreadable(id, unreadable)}
        objectsOnly
      />
    </Stack>
  );
}

export function ListGroup(props: ArrayFieldTemplateProps) {
  const text = useText();
  const { path, context } = useField(props);
  const title = props.title || String(path.at(-1));
  return (
    <Fieldset legend={title} id={props.fieldPathId.$id} tabIndex={-1}>
      {props.schema.description ? (
        <Text size="sm" c="dimmed" mb="sm">
          {props.schema.description}
        </Text>
      ) : null}
      <Stack gap="sm">
        {props.items.length === 0 ? <Text size="sm">{text.form.emptyList}</Text> : props.items}
        {props.canAdd && !context.readOnly ? (
          <Group>
            <Button size="sm" variant="default" onClick={props.onAddClick}>
              {text.form.addItem(title)}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Fieldset>
  );
}

export function ListItem({ children, buttonsProps, index }: ArrayFieldItemTemplateProps) {
  const text = useText();
  const buttons = buttonsProps;
  const readOnly = buttons.readonly || buttons.disabled;
  return (
    <Group align="flex-start" wrap="wrap" gap="sm" className="list-item">
      <div className="list-item-control">{children}</div>
      {readOnly ? null : (
        <Group gap={4}>
          {buttons.hasMoveUp ? (
            <Button size="compact-sm" variant="default" onClick={buttons.onMoveUpItem} aria-label={text.form.moveUp(index + 1)}>
              ↑
            </Button>
          ) : null}
          {buttons.hasMoveDown ? (
            <Button size="compact-sm" variant="default" onClick={buttons.onMoveDownItem} aria-label={text.form.moveDown(index + 1)}>
              ↓
            </Button>
          ) : null}
          {buttons.hasRemove ? (
            <Button size="compact-sm" variant="default" onClick={buttons.onRemoveItem} aria-label={text.form.removeItem(index + 1)}>
              ×
            </Button>
          ) : null}
        </Group>
      )}
    </Group>
  );
}

export function Alternatives({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <Stack gap="sm">
      {selector}
      {optionSchemaField}
    </Stack>
  );
}
