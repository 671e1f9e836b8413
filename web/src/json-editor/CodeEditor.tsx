/** CodeMirror for JSON. Loaded only where somebody edits or reads JSON at length. */
import { json } from '@codemirror/lang-json';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { useDarkMode } from '../theme/dark-mode';
import { useText } from '../text/text';
import { marksIn } from './lint';
import { editorTheme } from './editor-theme';
import type { JsonEditorProps } from './JsonEditor';

export default function CodeEditor(props: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const text = useText();
  const latest = useRef({ ...props, text });
  latest.current = { ...props, text };
  const { editor: phrases } = text;
  const dark = useDarkMode();
  const { readOnly = false, label } = props;

  useEffect(() => {
    if (host.current === null) return;
    const source = (editor: EditorView): Diagnostic[] => {
      const { check, sentence, text } = latest.current;
      if (check === undefined || sentence === undefined) return [];
      const marks = marksIn(editor.state.doc.toString(), check, sentence, text.form.whyUnreadable);
      return marks.map((mark) => ({ ...mark, severity: 'error' }));
    };
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          basicSetup,
          json(),
          editorTheme(dark),
          EditorState.phrases.of(phrases),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          ...(readOnly ? [] : [linter(source, { delay: 250 }), lintGutter()]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [dark, readOnly, label, phrases]);

  // Text that came from elsewhere replaces the editor's; its own typing comes back unchanged
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === props.value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
  }, [props.value]);

  return <div ref={host} className="code-editor" />;
}
