/** The value that `share` of all do not exceed; with few values the highest. */
export function percentile(values, share) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const ms = (value) => `${Math.round(value)} ms`;
