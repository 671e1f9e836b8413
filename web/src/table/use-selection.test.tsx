import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { InEnglish } from '../text/InEnglish';
import { useSelection } from './use-selection';

afterEach(cleanup);

const keyOf = (row: string) => row;

function Rows({ rows }: { rows: string[] }) {
  const { selected, column } = useSelection(rows, keyOf);
  return (
    <>
      {column.head}
      {rows.map((row) => (
        <div key={row}>{column.cell(row)}</div>
      ))}
      <output>{selected.join(' ')}</output>
    </>
  );
}

const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /^Select all/ });
const selected = () => screen.getByRole('status').textContent;

it('ticks all rows that are loaded at once, and none of them', () => {
  render(<Rows rows={['a', 'b', 'c']} />, { wrapper: InEnglish });
  fireEvent.click(all());
  expect(selected()).toBe('a b c');
  fireEvent.click(all());
  expect(selected()).toBe('');
});

it('is neither ticked nor empty while some rows are', () => {
  render(<Rows rows={['a', 'b']} />, { wrapper: InEnglish });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select a' }));
  expect([all().checked, all().indeterminate]).toEqual([false, true]);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select b' }));
  expect([all().checked, all().indeterminate]).toEqual([true, false]);
});

it('is not ticked any more once further rows are loaded', () => {
  const { rerender } = render(<Rows rows={['a']} />, { wrapper: InEnglish });
  fireEvent.click(all());
  rerender(<Rows rows={['a', 'b']} />);
  expect([selected(), all().checked, all().indeterminate]).toEqual(['a', false, true]);
});
