/** Label, source, reset, description and errors around one control. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { FieldTemplateProps } from '@rjsf/utils';
import { toJsonText } from '../json/json-text';
import { useText } from '../text/text';
import { descriptionId, errorId, sourceId, unitId } from './aria';
import { FramedPlace, useIsFramed } from './framed-place';
import { useField } from './use-field';

export function FieldFrame(props: FieldTemplateProps) {
  const text = useText();
  const { id, path, errors, source, context, unit } = useField(props);
  const isFramed = useIsFramed(id);
  if (path.length === 0) return <>{props.children}</>;
  const drawnAsGroup = isGroup(props);
  const title = props.schema.title;
  const name = String(path.at(-1));
  return (
    <Stack gap={4} className="schema-field" data-pointer={path.join('/')}>
      <Group gap="xs" align="center">
        {drawnAsGroup || isFramed ? null : (
          <Text component="label" htmlFor={id} fw={600} size="sm">
            {title ?? name}{' '}
            {props.required ? <span className="required-mark">{text.form.requiredMark}</span> : null}
          </Text>
        )}
        {!drawnAsGroup && !isFramed && title !== undefined && title !== name ? <code className="quiet-code">{name}</code> : null}
        {unit === undefined || drawnAsGroup ? null : (
          <Text id={unitId(id)} size="sm" c="dimmed">
            {text.form.unit(unit)}
          </Text>
        )}
        {source === undefined || isFramed ? null : (
          <SourceNote id={sourceId(id)} name={name} source={source} context={context} required={props.required === true} />
        )}
      </Group>
      {props.schema.description && !drawnAsGroup ? (
        <Text id={descriptionId(id)} size="sm" c="dimmed">
          {props.schema.description}
        </Text>
      ) : null}
      <FramedPlace value={id}>{props.children}</FramedPlace>
      {errors.length > 0 && !isFramed ? (
        <div id={errorId(id)}>
          {errors.map((error) => (
            <Text key={error} size="sm" c="var(--bad)">
              {error}
            </Text>
          ))}
        </div>
      ) : null}
    </Stack>
  );
}

type Place = ReturnType<typeof useField>;

interface SourceNoteProps {
  id: string;
  name: string;
  source: NonNullable<Place['source']>;
  context: Place['context'];
  required: boolean;
}

function SourceNote({ id, name, source, context, required }: SourceNoteProps) {
  const text = useText();
  const hasDefault = Object.hasOwn(context.defaults, name);
  const said = {
    default: text.form.fromDefault(context.defaultsVersion),
    override: text.form.override,
    unset: text.form.notSet,
    current: text.form.current,
    changed: text.form.changed,
    'taken-out': text.form.takenOut,
  }[source];
  const own = source === 'override' || source === 'changed' || source === 'taken-out';
  const resets = own && !context.readOnly;
  const removes = source === 'current' && !required && !context.readOnly;
  const was = context.defaults[name];
  const standard = context.standards?.[name];
  return (
    <>
      <Badge id={id} variant="outline" size="sm" color={own ? 'accent' : 'gray'} tt="none" fw={500}>
        {said}
      </Badge>
      {standard === undefined ? null : (
        <Text size="sm" c="dimmed">
          {text.form.standard(shortened(toJsonText(standard)))}
        </Text>
      )}
      {resets ? (
        <Button variant="subtle" size="compact-xs" onClick={() => context.reset(name)}>
          {hasDefault && was !== undefined ? text.form.resetTo(shortened(toJsonText(was))) : text.form.removeValue(name)}
        </Button>
      ) : null}
      {removes ? (
        <Button variant="subtle" size="compact-xs" onClick={() => context.set([name], undefined)}>
          {text.form.removeValue(name)}
        </Button>
      ) : null}
    </>
  );
}

function shortened(written: string): string {
  return written.length > 24 ? `${written.slice(0, 23)}…` : written;
}

/** Objects and lists draw their own legend. */
function isGroup({ schema, uiSchema }: FieldTemplateProps): boolean {
  if (uiSchema?.['ui:field'] === 'JsonField') return false;
  return schema.type === 'object' || schema.type === 'array' || schema.properties !== undefined;
}
