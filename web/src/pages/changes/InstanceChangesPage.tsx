import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import type { ResultOf } from '../../graphql/graphql';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { LinkButton } from '../../routing/links';
import { useText } from '../../text/text';
import { asOfInput, readAsOf } from '../../travel/as-of';
import { Changes, MomentsForm, type Side } from './Changes';
import { instanceAtDocument } from './changes';
import { instanceState } from './state';

export function InstanceChangesPage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/instances/$key/changes' });
  const moments = useSearch({ from: '/inside/instances/$key/changes' });
  const navigate = useNavigate({ from: '/instances/$key/changes' });
  const from = readAsOf(moments.from);
  const [before, askBefore] = useQuery({ query: instanceAtDocument, variables: { key, asOf: asOfInput(from) }, pause: from === undefined });
  const [after, askAfter] = useQuery({
    query: instanceAtDocument,
    variables: { key, asOf: asOfInput(readAsOf(moments.to)) },
    pause: from === undefined,
    requestPolicy: 'network-only',
  });
  const retry = () => {
    askBefore({ requestPolicy: 'network-only' });
    askAfter({ requestPolicy: 'network-only' });
  };
  const both = before.data === undefined || after.data === undefined ? undefined : { before: side(before.data), after: side(after.data) };
  return (
    <Page
      title={text.changes.title(key)}
      actions={
        <LinkButton to="/instances/$key" params={{ key }} variant="default">
          {text.changes.back(key)}
        </LinkButton>
      }
    >
      <MomentsForm key={JSON.stringify(moments)} moments={moments} onChange={(next) => void navigate({ search: next })} />
      {from === undefined ? null : (
        <Loaded data={both} fetching={before.fetching || after.fetching} error={before.error ?? after.error} retry={retry}>
          {(sides) => <Changes {...sides} />}
        </Loaded>
      )}
    </Page>
  );
}

function side({ instance }: ResultOf<typeof instanceAtDocument>): Side | null {
  return instance === null ? null : { state: instanceState(instance), position: instance.asOf ?? instance.lastPosition };
}
