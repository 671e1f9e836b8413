import { usePreferences } from '../preferences/preferences';
import { useLocale } from '../text/frame-text';
import { formatDuration, formatTime } from './format';
import { useNow } from './now';

/** A moment as preferred; the exact one, in ISO, on hover and for machines. */
export function Moment({ at }: { at: string }) {
  const { preferences } = usePreferences();
  const locale = useLocale();
  const now = useNow();
  return (
    <time dateTime={at} title={at} className="numeric">
      {formatTime(new Date(at), preferences.times, now, locale)}
    </time>
  );
}

/** How long something has lasted, or did last. */
export function Lasting({ from, to }: { from: string; to?: string | null | undefined }) {
  const now = useNow();
  const end = to ? new Date(to) : now;
  return <span className="numeric">{formatDuration(end.getTime() - new Date(from).getTime())}</span>;
}
