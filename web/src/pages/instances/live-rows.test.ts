import { expect, it } from 'vitest';
import type { InstanceRow } from './instances';
import { NO_CHANGES, shownRows, withChange } from './live-rows';

const row = (id: string, lastPosition: string, status: InstanceRow['status'] = 'RUNNING') =>
  ({ id, key: id, lastPosition, status }) as InstanceRow;

it('shows the newer of what was loaded and what came in', () => {
  const rows = [row('a', '5'), row('b', '12')];
  const live = withChange(withChange(NO_CHANGES, row('a', '10', 'STOPPED')), row('b', '9', 'STOPPED'));
  expect(shownRows(rows, live).map(({ status }) => status)).toEqual(['STOPPED', 'RUNNING']);
});
