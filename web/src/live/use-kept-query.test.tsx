// One answer that fails must take neither the page away nor what somebody typed on it.
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Client, CombinedError, gql, Provider, type OperationResult } from 'urql';
import { filter, fromValue, map, mergeMap, pipe } from 'wonka';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Loaded } from '../page/Loaded';
import { InEnglish } from '../text/InEnglish';
import { useKeptQuery } from './use-kept-query';

const THING = gql<{ thing: string }, { key: string; minPosition: string | null }>`
  query Thing($key: String!, $minPosition: Position) { thing(key: $key, minPosition: $minPosition) }
`;

const OFFLINE = new CombinedError({ networkError: new Error('down') });
const FORBIDDEN = new CombinedError({ graphQLErrors: [{ message: 'no', extensions: { code: 'FORBIDDEN', permission: 'read' } }] });

/** What the server answers next. */
let next: Pick<OperationResult, 'data' | 'error'>;
let again: () => void;

beforeEach(() => {
  next = { data: { thing: 'runs' }, error: undefined };
});
afterEach(cleanup);

function Page({ of, minPosition }: { of: string; minPosition: string | null }) {
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: THING, variables: { key: of, minPosition } });
  again = () => ask({ requestPolicy: 'network-only' });
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={again}>
      {({ thing }) => <input aria-label={thing} />}
    </Loaded>
  );
}

function show() {
  const client = new Client({
    url: '/graphql',
    exchanges: [
      () => (operations) => pipe(
        operations,
        filter(({ kind }) => kind === 'query'),
        mergeMap((operation) => pipe(fromValue(operation), map(() => ({ operation, ...next, stale: false, hasNext: false })))),
      ),
    ],
  });
  const page = (of: string, minPosition: string | null) => (
    <MantineProvider env="test">
      <Provider value={client}>
        <Page of={of} minPosition={minPosition} />
      </Provider>
    </MantineProvider>
  );
  const { rerender } = render(page('a', null), { wrapper: InEnglish });
  return (of: string, minPosition: string | null) => rerender(page(of, minPosition));
}

function answer(given: typeof next) {
  next = given;
  act(() => again());
}

it('keeps what was shown, and what was typed on it, under a notice until the server answers again', () => {
  show();
  fireEvent.change(screen.getByLabelText('runs'), { target: { value: 'half a reason' } });
  answer({ data: undefined, error: OFFLINE });
  expect(screen.getByLabelText<HTMLInputElement>('runs').value).toBe('half a reason');
  expect(screen.getByRole('alert').textContent).toContain('Not up to date');
  answer({ data: { thing: 'stands' }, error: undefined });
  expect(screen.getByLabelText<HTMLInputElement>('stands').value).toBe('half a reason');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('keeps it when the tables were to be further than they are', () => {
  const showOf = show();
  next = { data: undefined, error: OFFLINE };
  showOf('a', '12');
  expect(screen.getByLabelText('runs')).toBeTruthy();
});

it('never shows one thing as another', () => {
  const showOf = show();
  next = { data: undefined, error: OFFLINE };
  showOf('b', null);
  expect(screen.queryByLabelText('runs')).toBeNull();
  expect(screen.getByRole('alert').textContent).toContain('could not be loaded');
});

it('takes away what may no longer be seen', () => {
  show();
  answer({ data: undefined, error: FORBIDDEN });
  expect(screen.queryByLabelText('runs')).toBeNull();
  expect(screen.getByText(/permission read/)).toBeTruthy();
});
