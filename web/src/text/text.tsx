/** Every sentence the interface says comes from here, in the language somebody chose. */
import { en } from './en';
import { frame } from './frame';
import { useFrameText, type Widened } from './frame-text';

/** What every catalogue has: `en` decides the entries and what each is told. */
export type Text = Widened<typeof en>;

export function useText(): Text {
  const spoken = useFrameText();
  // Other languages are loaded whole
  return spoken === frame ? en : (spoken as Text);
}
