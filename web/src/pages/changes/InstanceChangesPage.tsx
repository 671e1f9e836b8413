import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Page } from '../../page/Page';
import { LinkButton } from '../../routing/links';
import { useText } from '../../text/text';
import { ChangesBetween } from './Changes';
import { instanceAtDocument } from './changes';
import { instanceState } from './state';
import { sideOf, useTwoMoments } from './use-two-moments';

export function InstanceChangesPage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/instances/$key/changes' });
  const moments = useSearch({ from: '/inside/instances/$key/changes' });
  const navigate = useNavigate({ from: '/instances/$key/changes' });
  const found = useTwoMoments({
    key, moments, document: instanceAtDocument,
    sideOf: ({ instance }) => instance && sideOf(instance, instanceState),
  });
  return (
    <Page
      title={text.changes.title(key)}
      actions={
        <LinkButton to="/instances/$key" params={{ key }} variant="default">
          {text.changes.back(key)}
        </LinkButton>
      }
    >
      <ChangesBetween found={found} moments={moments} onChange={(next) => void navigate({ search: next })} />
    </Page>
  );
}
