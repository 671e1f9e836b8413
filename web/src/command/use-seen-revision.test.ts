import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSeenRevision } from './use-seen-revision';
import type { UserError } from './user-error';

const conflict = (actual: number): UserError[] => [{ code: 'CONFLICT', message: 'm', phrase: null, pointer: null, keyword: null, params: { actual } }];
const opened = (now: number | undefined) =>
  renderHook(({ now, errors }) => useSeenRevision(now, errors), { initialProps: { now, errors: [] as UserError[] } });

it('stays at what somebody decided on, whatever happens behind the form', () => {
  const { result, rerender } = opened(3);
  rerender({ now: 4, errors: [] });
  expect(result.current).toBe(3);
});

it('moves on once they were told who was faster', () => {
  const { result, rerender } = opened(3);
  rerender({ now: 3, errors: conflict(5) });
  expect(result.current).toBe(5);
  rerender({ now: 6, errors: conflict(5) });
  expect(result.current).toBe(5);
  rerender({ now: 6, errors: [] });
  expect(result.current).toBe(5);
});

it('begins when it is known', () => {
  const { result, rerender } = opened(undefined);
  expect(result.current).toBeUndefined();
  rerender({ now: 7, errors: [] });
  expect(result.current).toBe(7);
});
