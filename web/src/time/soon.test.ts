// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSoon } from './soon';

beforeEach(() => {
  vi.useFakeTimers();
});

it('asks in time, however often it is wanted meanwhile', () => {
  const act = vi.fn();
  const { result } = renderHook(() => useSoon(act, 1_000));
  for (let wanted = 0; wanted < 25; wanted += 1) {
    result.current();
    vi.advanceTimersByTime(100);
  }
  expect(act).toHaveBeenCalledTimes(2);
});

it('asks nothing of a page that was left', () => {
  const act = vi.fn();
  const { result, unmount } = renderHook(() => useSoon(act, 1_000));
  result.current();
  unmount();
  vi.advanceTimersByTime(5_000);
  expect(act).not.toHaveBeenCalled();
});
