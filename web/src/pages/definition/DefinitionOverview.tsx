import { Alert, List, Stack } from '@mantine/core';
import { Fact, Facts } from '../../page/Facts';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import type { Definition, Finding } from './definition';
import { PageLink } from '../../routing/links';

export function DefinitionOverview({ definition }: { definition: Definition }) {
  const text = useText();
  const says = text.definition;
  const linked = says.linkedCount(definition.runningInstances, definition.linkedInstances);
  return (
    <Stack gap="md">
      {definition.executor === null ? (
        <Alert color="red" variant="outline">
          {says.noExecutor}
        </Alert>
      ) : null}
      {definition.editedSincePublish ? (
        <Alert color="warn" variant="outline">
          {says.draft}
        </Alert>
      ) : null}
      <Findings findings={definition.findings} />
      <div className="card">
        <Facts>
          <Fact name={says.description}>{definition.description ?? '–'}</Fact>
          <Fact name={says.executor}>
            {definition.executorType}
            {definition.executor === null ? null : <> ({text.state[definition.executor.trading]})</>}
          </Fact>
          <Fact name={says.currentVersion}>{definition.currentVersion}</Fact>
          <Fact name={says.linked}>
            {definition.asOf === null ? (
              <PageLink to="/instances" search={{ definition: definition.key }}>
                {linked}
              </PageLink>
            ) : (
              <PageLink to="/definitions/$key" params={{ key: definition.key }} search={{ tab: 'instances', asOf: definition.asOf }}>
                {linked}
              </PageLink>
            )}
          </Fact>
          <Fact name={says.visibility}>{definition.visibility}</Fact>
          <Fact name={says.created}>
            <Moment at={definition.createdAt} /> {text.definitions.by(definition.createdBy ?? '–')}
          </Fact>
          <Fact name={says.changed}>
            <Moment at={definition.updatedAt} /> {text.definitions.by(definition.lastChangedBy)}
          </Fact>
          <Fact name={says.revision}>{definition.revision}</Fact>
          <Fact name={says.uuid}>
            <span className="mono">{definition.uuid}</span>
          </Fact>
        </Facts>
      </div>
    </Stack>
  );
}

export function Findings({ findings }: { findings: readonly Finding[] }) {
  const text = useText();
  if (findings.length === 0) return null;
  const worst = findings.some(({ severity }) => severity === 'ERROR');
  return (
    <Alert color={worst ? 'red' : 'warn'} variant="outline" title={text.definition.findings}>
      <List size="sm">
        {findings.map((finding) => (
          <List.Item key={`${finding.pointer}${finding.keyword}${finding.message}`}>
            <code className="quiet-code">{finding.pointer}</code> {text.said(finding.message, finding.phrase)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
