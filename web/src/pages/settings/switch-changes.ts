import type { Settings } from './settings';

export type Wanted = Partial<Pick<Settings, 'mode' | 'dynamicFlow'>>;

/** Only what differs from what is in force: what was not chosen here is somebody else's to change. */
export function changesOf(settings: Pick<Settings, 'mode' | 'dynamicFlow'>, { mode, dynamicFlow }: Wanted): Wanted {
  return {
    ...(mode === undefined || mode === settings.mode ? {} : { mode }),
    ...(dynamicFlow === undefined || dynamicFlow === settings.dynamicFlow ? {} : { dynamicFlow }),
  };
}
