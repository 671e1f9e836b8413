import { jsonEqual } from '../../json/value';
import type { Validation } from './start';

type WhatRuns = Pick<Validation, 'valid' | 'version' | 'trading' | 'effectiveConfig'> & { existing: { revision: number } | null };

/** Somebody who looked at the one has seen the other. */
export function runsTheSame(one: WhatRuns, other: WhatRuns): boolean {
  return (
    one.valid === other.valid &&
    one.version === other.version &&
    one.trading === other.trading &&
    one.existing?.revision === other.existing?.revision &&
    jsonEqual(one.effectiveConfig, other.effectiveConfig)
  );
}
