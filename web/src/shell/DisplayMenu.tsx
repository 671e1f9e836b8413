import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useFrameText } from '../text/frame-text';
import { Dropdown } from './Dropdown';

const DisplayChoices = lazy(() => import('./DisplayChoices'));

export function DisplayMenu() {
  const text = useFrameText();
  return (
    <Dropdown label={text.app.display} face={<span aria-hidden="true">◐</span>}>
      <Suspense fallback={<Skeleton height={240} />}>
        <DisplayChoices />
      </Suspense>
    </Dropdown>
  );
}
