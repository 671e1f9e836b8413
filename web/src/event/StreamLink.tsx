import { pageOfStream } from './event';
import { PageLink } from '../routing/links';

export function StreamLink({ streamType, streamId }: { streamType: string; streamId: string }) {
  const page = pageOfStream(streamType, streamId);
  if (page === undefined) return <span className="mono">{streamId}</span>;
  return (
    <PageLink to={page.to} params={page.params} search={'search' in page ? page.search : undefined} className="mono">
      {streamId}
    </PageLink>
  );
}
