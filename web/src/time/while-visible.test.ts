// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useWhileVisible } from './while-visible';

let visibility: DocumentVisibilityState = 'visible';

beforeEach(() => {
  vi.useFakeTimers();
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});

const turn = (to: DocumentVisibilityState) => {
  visibility = to;
  document.dispatchEvent(new Event('visibilitychange'));
};

it('rests while nobody looks, and asks at once when they are back', () => {
  const act = vi.fn();
  const { unmount } = renderHook(() => useWhileVisible(act, 1_000));
  vi.advanceTimersByTime(2_000);
  expect(act).toHaveBeenCalledTimes(2);
  turn('hidden');
  vi.advanceTimersByTime(10_000);
  expect(act).toHaveBeenCalledTimes(2);
  turn('visible');
  expect(act).toHaveBeenCalledTimes(3);
  unmount();
  vi.advanceTimersByTime(10_000);
  turn('visible');
  expect(act).toHaveBeenCalledTimes(3);
});
