import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InEnglish } from '../../text/InEnglish';
import { LockedFor } from './LockedFor';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('counts down to when it may be tried again', () => {
  render(<LockedFor seconds={30} />, { wrapper: InEnglish });
  const shown = () => document.querySelector('[aria-hidden]')?.textContent;
  expect(shown()).toContain('30 s');
  act(() => vi.advanceTimersByTime(12_000));
  expect(shown()).toContain('18 s');
  act(() => vi.advanceTimersByTime(18_000));
  expect(shown()).toBe('You can try again now.');
  expect(screen.getByText(/in 30 s/)).toBeTruthy();
});
