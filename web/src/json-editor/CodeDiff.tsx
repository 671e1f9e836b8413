import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useDarkMode } from '../theme/dark-mode';
import { useText } from '../text/text';
import { editorTheme } from './editor-theme';

interface CodeDiffProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

export default function CodeDiff({ before, after, beforeLabel, afterLabel }: CodeDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useDarkMode();
  const { unchanged } = useText().diff;
  useEffect(() => {
    if (host.current === null) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        lineNumbers(),
        json(),
        editorTheme(dark),
        EditorState.phrases.of({ '$ unchanged lines': unchanged }),
        EditorView.lineWrapping,
        EditorView.editable.of(false),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      ],
    });
    const view = new MergeView({
      parent: host.current,
      a: side(before, beforeLabel),
      b: side(after, afterLabel),
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel, dark, unchanged]);
  return <div ref={host} className="code-diff" />;
}
