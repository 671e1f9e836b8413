import { Alert } from '@mantine/core';
import { PageLink } from '../routing/links';
import { useFrameText } from '../text/frame-text';

/** What is shown may be older than what the log holds: that is never left unsaid. */
export function StaleNotice({ stale }: { stale: boolean }) {
  const { load: says } = useFrameText();
  if (!stale) return null;
  return (
    <Alert color="warn" variant="outline" role="status">
      {says.stale} <PageLink to="/projections">{says.staleWhy}</PageLink>
    </Alert>
  );
}
