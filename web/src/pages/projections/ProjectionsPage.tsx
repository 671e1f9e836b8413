import { SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { useFeed } from '../../live/live';
import { useKeptQuery } from '../../live/use-kept-query';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { ProjectionCard } from './ProjectionCard';
import { projectionLagDocument, projectionsDocument, type ProjectionRow } from './projections';

export function ProjectionsPage() {
  const { projections: says } = useText();
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: projectionsDocument, requestPolicy: 'network-only' });
  const [live, setLive] = useState<readonly ProjectionRow[] | undefined>();
  useFeed({
    key: 'projection-lag',
    document: projectionLagDocument,
    variables: () => ({}),
    read: (result) => result.projectionLag,
    positionOf: () => undefined,
    onValue: setLive,
  });
  // What the answer to a command shows is not waited for again
  const show = (answered: ProjectionRow) => {
    setLive((before) => (before ?? data?.projections ?? []).map((row) => (row.name === answered.name ? laterOf(row, answered) : row)));
  };
  return (
    <Page title={says.title}>
      <Text c="dimmed">{says.about}</Text>
      <Loaded data={live ?? data?.projections} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {(projections) => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {projections.map((projection) => (
              <ProjectionCard key={projection.name} projection={projection} onAnswer={show} />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}

/** The feed may have told of a rebuild's end before the answer that it began is there. */
function laterOf(row: ProjectionRow, answered: ProjectionRow): ProjectionRow {
  const ended = ({ lastRebuild }: ProjectionRow) => lastRebuild?.finishedAt ?? '';
  return ended(row) > ended(answered) ? row : answered;
}
