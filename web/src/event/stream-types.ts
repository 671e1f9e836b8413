/** What the log has streams of. */
export const STREAM_TYPES = [
  'strategy_definition',
  'strategy_instance',
  'execution',
  'installation',
  'legacy_record',
  'legacy_usage',
  'login',
  'projection',
  'risk_guards',
] as const;

export type StreamType = (typeof STREAM_TYPES)[number];
