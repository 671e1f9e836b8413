import { usePreferences } from '../preferences/preferences';
import { useLocale } from '../text/frame-text';
import { formatDuration, formatTime } from './format';
import { useNow } from './now';
import { useShownMoment } from './shown-moment';

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

/** How long something had lasted at the moment that is shown, or did last. */
export function Lasting({ from, to }: { from: string; to?: string | null | undefined }) {
  const shown = useShownMoment();
  const end = to ? new Date(to) : shown;
  return <span className="numeric">{end === undefined ? '–' : formatDuration(end.getTime() - new Date(from).getTime())}</span>;
}
