import { expect, it } from 'vitest';
import { fittingColumns, smallestWidth, type Column } from './columns';

const column = (id: string, width: number, spare = false): Column<never> => ({ id, header: id, width: `minmax(${width}px, 1fr)`, spare, cell: () => id });
const all = [column('key', 170), column('run', 40, true), column('state', 80), column('trades', 60, true)];
const shown = (width: number) => fittingColumns(all, width).map(({ id }) => id);

it('leaves out spare columns until the others fit, the last first', () => {
  const whole = smallestWidth(all);
  expect(shown(whole)).toEqual(['key', 'run', 'state', 'trades']);
  expect(shown(whole - 1)).toEqual(['key', 'run', 'state']);
  expect(shown(whole - 73)).toEqual(['key', 'state']);
});

it('never leaves out the others, and nothing before the width is known', () => {
  expect(shown(100)).toEqual(['key', 'state']);
  expect(shown(0)).toHaveLength(4);
});
