/** An instance's configuration on both sides of one event. */
import { Alert, Skeleton, Stack } from '@mantine/core';
import { useQuery } from 'urql';
import { failureSaid } from '../command/failure';
import { DifferenceList } from '../diff/DifferenceList';
import { differences } from '../diff/structure';
import { graphql } from '../graphql/graphql';
import { JsonDiff } from '../json-editor/JsonEditor';
import { canonicalText } from '../json/json-text';
import { groupedPosition, positionBefore, type Position } from '../live/position';
import { useText } from '../text/text';
import { asOfInput } from '../travel/as-of';

const configAroundDocument = graphql(`
  query ConfigAround($key: String!, $before: AsOfInput, $after: AsOfInput) {
    before: instance(key: $key, asOf: $before) {
      id
      config
    }
    after: instance(key: $key, asOf: $after) {
      id
      config
    }
  }
`);

export function ConfigBeforeAfter({ instanceKey, position }: { instanceKey: string; position: Position }) {
  const text = useText();
  const says = text.reconfigure;
  const [{ data, error }] = useQuery({
    query: configAroundDocument,
    variables: { key: instanceKey, before: asOfInput({ position: positionBefore(position) }), after: asOfInput({ position }) },
    // The past stays as it was
    requestPolicy: 'cache-first',
  });
  if (error !== undefined) {
    return (
      <Alert color="red" variant="outline" role="alert">
        {failureSaid(error, text.command.unanswered)}
      </Alert>
    );
  }
  if (data === undefined) return <Skeleton height={80} />;
  if (data.before === null || data.after === null) return text.load.missing(text.instance.what(instanceKey));
  const [was, is] = [data.before.config, data.after.config];
  const at = groupedPosition(position);
  return (
    <Stack gap="sm">
      <DifferenceList of={differences(was, is)} />
      <JsonDiff before={canonicalText(was, 2)} after={canonicalText(is, 2)} beforeLabel={says.before(at)} afterLabel={says.from(at)} />
    </Stack>
  );
}
