import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Page } from '../../page/Page';
import { LinkButton } from '../../routing/links';
import { useText } from '../../text/text';
import { ChangesBetween } from './Changes';
import { definitionAtDocument } from './changes';
import { definitionState } from './state';
import { sideOf, useTwoMoments } from './use-two-moments';

export function DefinitionChangesPage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/definitions/$key/changes' });
  const moments = useSearch({ from: '/inside/definitions/$key/changes' });
  const navigate = useNavigate({ from: '/definitions/$key/changes' });
  const found = useTwoMoments({
    key, moments, document: definitionAtDocument,
    sideOf: ({ definition }) => definition && sideOf(definition, definitionState),
  });
  return (
    <Page
      title={text.changes.title(key)}
      actions={
        <LinkButton to="/definitions/$key" params={{ key }} variant="default">
          {text.changes.back(key)}
        </LinkButton>
      }
    >
      <ChangesBetween found={found} moments={moments} onChange={(next) => void navigate({ search: next })} />
    </Page>
  );
}
