// Whoever was refused is brought to why, and a value that was corrected is not blamed for the one before.
import { MantineProvider, TextInput } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { InEnglish } from '../text/InEnglish';
import { missingIn } from './missing';
import { Refusals } from './Refusals';
import { useRefusalFocus } from './use-refusal-focus';
import { useStanding } from './use-standing';
import { violationsUnder, type UserError } from './user-error';

afterEach(cleanup);

const refused = (pointer: string | null): UserError => ({ code: 'INVALID_INPUT', message: `no to ${pointer}`, phrase: null, pointer, keyword: null, params: null });
const NONE: readonly UserError[] = [];

function Form({ errors, name }: { errors: readonly UserError[]; name: string }) {
  const standing = useStanding(errors, { name });
  const place = useRefusalFocus(errors, undefined);
  return (
    <MantineProvider env="test">
      <div ref={place}>
        <TextInput label="Key" />
        <TextInput label="Name" value={name} readOnly error={violationsUnder(standing, 'name')[0]?.message} />
        <Refusals errors={standing} failure={undefined} shownElsewhere={['name']} />
      </div>
    </MantineProvider>
  );
}

function show(errors: readonly UserError[], name = 'a') {
  const { rerender } = render(<Form errors={NONE} name={name} />, { wrapper: InEnglish });
  expect(document.activeElement).toBe(document.body);
  rerender(<Form errors={errors} name={name} />);
  return (next: string) => rerender(<Form errors={errors} name={next} />);
}

it('brings people to the field that was refused', () => {
  show([refused('/name')]);
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
});

it('brings people to what no field says', () => {
  show([refused(null)]);
  expect(document.activeElement).toBe(screen.getByRole('alert'));
});

it('is silent about a value that was changed since, and not about another', () => {
  const errors = [refused('/name'), refused('/other')];
  const typeName = show(errors);
  expect(screen.getByText('no to /name')).toBeTruthy();
  typeName('b');
  expect(screen.queryByText('no to /name')).toBeNull();
  expect(screen.getByText('no to /other')).toBeTruthy();
});

it('finds all that is missing at once', () => {
  const fields = [{ member: 'key', label: 'Key', value: ' ' }, { member: 'name', label: 'Name', value: 'a' }, { member: 'executorType', label: 'Executor', value: '' }];
  expect(missingIn(fields, (label) => `${label} is missing`).map(({ pointer, message }) => [pointer, message])).toEqual([
    ['/key', 'Key is missing'],
    ['/executorType', 'Executor is missing'],
  ]);
});
