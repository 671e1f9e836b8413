// Closing is asked for by whoever stops, never by itself.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { InEnglish } from '../text/InEnglish';
import type { StopMode } from './stop-mode';
import { StopModeChoice } from './StopModeChoice';

afterEach(cleanup);

const asked: { mode: StopMode } = { mode: 'CANCEL' };

function Choice() {
  const [mode, setMode] = useState<StopMode>('CANCEL');
  asked.mode = mode;
  return <StopModeChoice count={1} value={mode} onChange={setMode} />;
}

const radio = (name: RegExp) => screen.getByRole<HTMLInputElement>('radio', { name });

it('asks for what was chosen', () => {
  render(<MantineProvider env="test"><Choice /></MantineProvider>, { wrapper: InEnglish });
  expect([radio(/stays/).checked, radio(/close/).checked]).toEqual([true, false]);
  fireEvent.click(radio(/close/));
  expect(asked.mode).toBe('FLATTEN');
  fireEvent.click(radio(/stays/));
  expect(asked.mode).toBe('CANCEL');
});
