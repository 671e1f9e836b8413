import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours with AA contrast on the surface of either theme. */
const LIGHT = { name: '#0b5394', text: '#0b6b3a', number: '#8a3c00', atom: '#7a1fa2', mark: '#495057' };
const DARK = { name: '#8ecbff', text: '#8fe0ae', number: '#ffc078', atom: '#e3b5f5', mark: '#c1c8cf' };

export function editorTheme(dark: boolean): Extension {
  const colours = dark ? DARK : LIGHT;
  const surface = EditorView.theme(
    {
      '&': { fontSize: '13px', backgroundColor: 'var(--surface-code)', color: 'var(--mantine-color-text)' },
      '.cm-content, .cm-gutters': { fontFamily: 'var(--mantine-font-family-monospace)' },
      '.cm-gutters': { backgroundColor: 'var(--surface-code)', color: colours.mark, border: 'none' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
      '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)' },
      '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
    },
    { dark },
  );
  const style = HighlightStyle.define([
    { tag: tags.propertyName, color: colours.name },
    { tag: tags.string, color: colours.text },
    { tag: tags.number, color: colours.number },
    { tag: [tags.bool, tags.null], color: colours.atom },
    { tag: [tags.separator, tags.brace, tags.squareBracket], color: colours.mark },
  ]);
  return [surface, syntaxHighlighting(style)];
}
