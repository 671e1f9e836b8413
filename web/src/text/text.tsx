/** Every sentence the interface says comes from here, in the language somebody chose. */
import { use } from 'react';
import { en } from './en';
import { useLocale, type Widened } from './frame-text';

/** What every catalogue has: `en` decides the entries and what each is told. */
export type Text = Widened<typeof en>;

/** Waits, once, for the rest of another language: whoever calls it was loaded with its page, and stands behind that wait. */
export function useText(): Text {
  return useLocale() === 'en' ? en : use(chinese());
}

let loading: Promise<Text> | undefined;

function chinese(): Promise<Text> {
  loading ??= import('./zh').then(({ zh }) => zh);
  return loading;
}
