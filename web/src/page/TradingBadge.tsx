import { useFrameText } from '../text/frame-text';

/** Paper and live never look alike: other words, other shape, other colour. */
export function TradingBadge({ trading }: { trading: 'PAPER' | 'LIVE' | null }) {
  const text = useFrameText();
  if (trading === null) return <>–</>;
  return trading === 'LIVE' ? (
    <span className="banner-live" style={{ padding: '2px 8px', borderRadius: 4, fontWeight: 700 }}>
      {text.state.LIVE}
    </span>
  ) : (
    <span className="paper-badge">{text.state.PAPER}</span>
  );
}
