import { useComputedColorScheme } from '@mantine/core';

export function useDarkMode(): boolean {
  return useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
}
