import { fireEvent } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { isBack, sessionEnded } from './ended';

it('is one wait, however often it is noticed, and another the next time', async () => {
  const waiting = sessionEnded();
  expect(sessionEnded()).toBe(waiting);
  isBack();
  await waiting;
  const next = sessionEnded();
  expect(next).not.toBe(waiting);
  isBack();
  await next;
});

it('keeps keys from what stands beneath the sign-in', async () => {
  const heard = vi.fn();
  window.addEventListener('keydown', heard, true);
  const waiting = sessionEnded();
  expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(false);
  expect(fireEvent.keyDown(document.body, { key: 'a' })).toBe(true);
  expect(heard).not.toHaveBeenCalled();
  isBack();
  await waiting;
  expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(true);
  expect(heard).toHaveBeenCalledOnce();
  window.removeEventListener('keydown', heard, true);
});
