import { useText } from '../../text/text';

/** Said above the form and above each report, so that no figure is taken for money. */
export function Simulated() {
  const { backtest: says } = useText();
  return (
    <p className="banner banner-past">
      {says.simulated}
    </p>
  );
}
