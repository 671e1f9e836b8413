import { Empty } from '../page/Empty';
import { useFrameText } from '../text/frame-text';
import { PageLink } from '../routing/links';

export function NotFound() {
  const text = useFrameText();
  return (
    <Empty title={text.app.notFound} about={text.app.notFoundAbout}>
      <PageLink  to="/">
        {text.app.home}
      </PageLink>
    </Empty>
  );
}
