/** More digits than a price has say nothing here; all of them are on hover. */
const SHOWN = /^(-?\d+\.\d{8})\d+$/;

export function Amount({ of, currency }: { of: string; currency?: string | undefined }) {
  return (
    <span className="mono" title={of}>
      {of.replace(SHOWN, '$1')} {currency}
    </span>
  );
}
