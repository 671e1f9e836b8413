import { Empty } from '../page/Empty';
import { useText } from '../text/text';
import { PageLink } from '../routing/links';

export function NotFound() {
  const text = useText();
  return (
    <Empty title={text.app.notFound} about={text.app.notFoundAbout}>
      <PageLink  to="/">
        {text.app.home}
      </PageLink>
    </Empty>
  );
}
