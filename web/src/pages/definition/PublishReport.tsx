/** What publishing would change, and for whom. */
import { Alert, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ResultOf } from '../../graphql/graphql';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { ChangeList } from './ChangeList';
import type { publishCheckDocument } from './commands';
import { Findings } from './DefinitionOverview';

type Check = NonNullable<ResultOf<typeof publishCheckDocument>['publishCheck']>;

interface PublishReportProps {
  check: Check;
  /** What is said where nothing would change. */
  nothing: string;
  /** Leads to the words themselves, not only the sentences about them. */
  sideBySide: ReactNode;
}

export function PublishReport({ check, nothing, sideBySide }: PublishReportProps) {
  const text = useText();
  const says = text.publish;
  const refused = check.refusedInstances;
  return (
    <Stack gap="sm">
      {check.changes.length === 0 ? (
        <Text>{nothing}</Text>
      ) : (
        <>
          <ChangeList changes={check.changes} />
          {sideBySide}
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
