import { expect, it } from 'vitest';
import type { InstanceRow } from './instances';
import { NO_CHANGES, shownRows, withChange } from './live-rows';

const row = (id: string, lastPosition: string, status: InstanceRow['status'] = 'RUNNING') =>
  ({ id, key: id, lastPosition, status }) as InstanceRow;

it('shows the newer of what was loaded and what came in', () => {
  const rows = [row('a', '5'), row('b', '12')];
  const live = withChange(withChange(NO_CHANGES, rows, row('a', '10', 'STOPPED')), rows, row('b', '9', 'STOPPED'));
  expect(shownRows(rows, live).map(({ status }) => status)).toEqual(['STOPPED', 'RUNNING']);
});

it('remembers that something changed outside the list', () => {
  const live = withChange(NO_CHANGES, [row('a', '5')], row('z', '6'));
  expect(live.elsewhere).toEqual(new Set(['z']));
  expect(live.changed.size).toBe(0);
});
