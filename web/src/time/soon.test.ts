// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSoon } from './soon';

beforeEach(() => {
  vi.useFakeTimers();
});

it('asks at once when it was quiet', () => {
  const act = vi.fn();
  const { result } = renderHook(() => useSoon(act, 1_000));
  result.current();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5_000);
  expect(act).toHaveBeenCalledTimes(1);
});

it('asks in time, however often it is wanted meanwhile', () => {
  const act = vi.fn();
  const { result } = renderHook(() => useSoon(act, 1_000));
  for (let wanted = 0; wanted < 25; wanted += 1) {
    result.current();
    vi.advanceTimersByTime(100);
  }
  expect(act).toHaveBeenCalledTimes(3);
  // What was wanted last is asked for, too
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(4);
});

it('asks nothing of a page that was left', () => {
  const act = vi.fn();
  const { result, unmount } = renderHook(() => useSoon(act, 1_000));
  result.current();
  result.current();
  unmount();
  vi.advanceTimersByTime(5_000);
  expect(act).toHaveBeenCalledTimes(1);
});
