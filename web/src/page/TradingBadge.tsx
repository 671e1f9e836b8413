import { useFrameText } from '../text/frame-text';

export type Trading = 'PAPER' | 'SANDBOX' | 'LIVE';

/** Paper, sandbox and live never look alike: other words, other shape, other colour. */
export function TradingBadge({ trading }: { trading: Trading | null }) {
  const text = useFrameText();
  switch (trading) {
    case null:
      return <>–</>;
    case 'LIVE':
      return (
        <span className="banner-live" style={{ padding: '2px 8px', borderRadius: 4, fontWeight: 700 }}>
          {text.state.LIVE}
        </span>
      );
    case 'SANDBOX':
      return (
        <span className="paper-badge" style={{ borderStyle: 'dashed', borderRadius: 9 }}>
          {text.state.SANDBOX}
        </span>
      );
    case 'PAPER':
      return <span className="paper-badge">{text.state.PAPER}</span>;
  }
}

/** Of several, what would cost most if it were overlooked. */
export function gravestOf(tradings: readonly (Trading | null)[]): Trading | null {
  return (['LIVE', 'SANDBOX', 'PAPER'] as const).find((trading) => tradings.includes(trading)) ?? null;
}
