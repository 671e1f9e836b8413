/** What publishing would change, and for whom. */
import { Alert, List, Stack, Text } from '@mantine/core';
import type { ResultOf } from '../../graphql/graphql';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { ChangeList } from './ChangeList';
import type { publishCheckDocument } from './commands';
import { Findings } from './DefinitionOverview';
import { PublishDiff } from './PublishDiff';

type Check = NonNullable<ResultOf<typeof publishCheckDocument>['publishCheck']>;

export function PublishReport({ definitionKey, check }: { definitionKey: string; check: Check }) {
  const text = useText();
  const says = text.publish;
  const refused = check.refusedInstances;
  return (
    <Stack gap="sm">
      {check.changes.length === 0 ? (
        <Text>{says.nothing}</Text>
      ) : (
        <>
          <ChangeList changes={check.changes} />
          <PublishDiff definitionKey={definitionKey} version={check.currentVersion} />
        </>
      )}
      <Findings findings={check.findings} />
      {refused.length === 0 ? (
        <Text size="sm">{check.checkedInstances === 0 ? says.noneRunning : says.accepted(check.checkedInstances)}</Text>
      ) : (
        <Alert color="warn" variant="outline" title={says.refused(refused.length, check.checkedInstances)}>
          <List size="sm">
            {refused.map(({ instance, errors }) => (
              <List.Item key={instance.id}>
                <PageLink to="/instances/$key" params={{ key: instance.key }}>
                  {instance.key}
                </PageLink>
                : {errors.map(({ message, phrase }) => text.said(message, phrase)).join('; ')}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {check.incomplete ? <Text size="sm">{says.incomplete}</Text> : null}
    </Stack>
  );
}
