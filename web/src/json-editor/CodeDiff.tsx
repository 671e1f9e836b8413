import { json } from '@codemirror/lang-json';
import { useMediaQuery } from '@mantine/hooks';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useDarkMode } from '../theme/dark-mode';
import { useText } from '../text/text';
import { editorTheme } from './editor-theme';
import { lineDiff } from './line-diff';

interface CodeDiffProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

/** Two columns of code side by side need more than this. */
const NARROW = '(max-width: 48em)';
const FOLDED = { margin: 3, minSize: 6 };
const BY_LINES = { override: lineDiff };

/** Side by side, and on a phone one below the other, line by line. */
export default function CodeDiff({ before, after, beforeLabel, afterLabel }: CodeDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useDarkMode();
  const { unchanged, merged } = useText().diff;
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
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
    const parent = host.current;
    const oneBelowTheOther = () => {
      const { doc, extensions } = side(after, merged(beforeLabel, afterLabel));
      const changes = unifiedMergeView({ original: before, mergeControls: false, gutter: true, collapseUnchanged: FOLDED, diffConfig: BY_LINES });
      return new EditorView({ parent, doc, extensions: [...extensions, changes] });
    };
    const sideBySide = () =>
      new MergeView({
        parent, a: side(before, beforeLabel), b: side(after, afterLabel), collapseUnchanged: FOLDED, diffConfig: BY_LINES, gutter: true,
      });
    const view = narrow ? oneBelowTheOther() : sideBySide();
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel, dark, unchanged, merged, narrow]);
  return <div ref={host} className="code-diff" />;
}
