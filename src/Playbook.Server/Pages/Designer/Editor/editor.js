// The text editor of the designer: CodeMirror with Scriban and JSON. Bundled by the server's build into editor/editor.js.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { HighlightStyle, StreamLanguage, bracketMatching, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { linter, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { completeJson, completeScriban, keywords } from './completion.js';

const scriban = StreamLanguage.define({
  name: 'scriban',
  startState: () => ({ inCode: false, line: 0 }),
  token(stream, state) {
    if (stream.sol()) {
      state.line++;
      if (state.line === 1 && !state.inCode && stream.match(/^subject:/i)) return 'heading';
    }
    if (!state.inCode) {
      if (stream.match(/^\{\{[-~]?/)) { state.inCode = true; return 'brace'; }
      if (stream.sol() && stream.match(/^#{1,3} [^{]*/)) return 'heading';
      while (!stream.eol() && !stream.match(/^\{\{/, false)) stream.next();
      return null;
    }
    if (stream.match(/^[-~]?\}\}/)) { state.inCode = false; return 'brace'; }
    if (stream.eatSpace()) return null;
    if (stream.match(/^#[^}]*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d+(\.\d+)?/)) return 'number';
    if (stream.match(/^[A-Za-z_]\w*/)) return keywords.includes(stream.current()) ? 'keyword' : 'variableName';
    stream.next();
    return 'operator';
  },
  languageData: { closeBrackets: { brackets: ['{', '(', '[', '"'] } },
});

const colours = HighlightStyle.define([
  { tag: tags.brace, color: 'var(--primary)', fontWeight: '600' },
  { tag: [tags.variableName, tags.propertyName], color: 'var(--primary)' },
  { tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--amber)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.heading, fontWeight: '600' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--card)', color: 'var(--text)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.55' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--primary-faint)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 8px', minWidth: '26px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 55%, transparent)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--line-strong)', borderRadius: '6px', boxShadow: 'var(--shadow-high)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--primary)', color: 'var(--on-primary)' },
  '.cm-completionDetail': { color: 'var(--soft)', fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-panels': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
});

/** Puts an editor into the host; `changed` is told of what a person types, not of `setText`. */
export function create(host, { text, language, label, words, changed, readOnly = false }) {
  let isOurs = false;
  const ofLanguage = language === 'json'
    ? [json(), linter(jsonParseLinter(), { delay: 300 }), autocompletion({ override: [completeJson(words)] })]
    : [scriban, autocompletion({ override: [completeScriban(words)], activateOnTyping: true })];
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), search({ top: true }), indentUnit.of('  '),
        EditorState.readOnly.of(readOnly), EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: language === 'json' ? 'false' : 'true', autocapitalize: 'off' }),
        ofLanguage, syntaxHighlighting(colours), look,
        // Escape, then Tab, leaves the editor: CodeMirror's own way out for people without a mouse.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
        EditorView.updateListener.of(update => { if (update.docChanged && !isOurs) changed(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText(next) {
      if (next === view.state.doc.toString()) return;
      isOurs = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      isOurs = false;
    },
    setProblems(problems) {
      const lines = view.state.doc.lines;
      view.dispatch(setDiagnostics(view.state, problems.map(({ line, severity, message }) => {
        const at = view.state.doc.line(Math.min(Math.max(line, 1), lines));
        return { from: at.from, to: at.to, severity, message };
      })));
    },
    goTo(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
