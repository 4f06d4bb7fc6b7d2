// A text that is saved while it is written. It is kept in this browser until the server has it, so that neither a lost
// connection nor a closed tab costs a word.
const kept = key => `playbook-text:${key}`;

function rescue(key, text) {
  try {
    const found = JSON.parse(localStorage.getItem(kept(key)) ?? 'null');
    return found && found.text !== text ? found : null;
  } catch {
    return null;
  }
}

function keep(key, text) {
  try { localStorage.setItem(kept(key), JSON.stringify({ text, at: Date.now() })); } catch { /* A full or closed storage: the text still stands in the editor. */ }
}

function forget(key) {
  try { localStorage.removeItem(kept(key)); } catch { /* Nothing was kept. */ }
}

function plain(host, { text, label, changed }) {
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-label', label);
  field.className = 'plain';
  field.addEventListener('input', () => changed(field.value));
  host.append(field);
  return {
    text: () => field.value,
    setText: next => { if (field.value !== next) field.value = next; },
    setProblems: () => {},
    goTo(line) {
      const at = field.value.split('\n').slice(0, line - 1).join('\n').length;
      field.focus();
      field.setSelectionRange(at, at);
    },
    destroy: () => field.remove(),
  };
}

/** `component` has Typed(key, text); `options`: { key, text, language, label, words, bundle }. */
export async function create(host, component, options) {
  let key = options.key;
  let timer = 0;
  let isSending = false;
  let pending = null;
  let isGone = false;

  const send = async () => {
    if (isSending || pending === null || isGone) return;
    isSending = true;
    const { key: of, text } = pending;
    pending = null;
    try {
      await component.invokeMethodAsync('Typed', of, text);
    } catch {
      // Not connected: what is newer wins, and it is tried again until the server answers.
      pending ??= { key: of, text };
      setTimeout(send, 1500);
      isSending = false;
      return;
    }
    isSending = false;
    send();
  };
  const changed = text => {
    keep(key, text);
    pending = { key, text };
    clearTimeout(timer);
    timer = setTimeout(send, 250);
  };

  let editor;
  try {
    if (!options.bundle) throw new Error('The editor was not built.');
    const { create: rich } = await import(options.bundle);
    editor = rich(host, { ...options, changed });
  } catch {
    editor = plain(host, { ...options, changed });
  }
  const flush = () => { clearTimeout(timer); send(); };
  addEventListener('blur', flush);

  return {
    /** What was typed here last and never reached the server; null for nothing. */
    rescued: () => rescue(key, editor.text()),
    drop: () => forget(key),
    show(nextKey, text) {
      flush();
      key = nextKey;
      editor.setText(text);
    },
    /** Shows another text; false where something was typed that the server has not seen yet, and then nothing changes. */
    setText(text) {
      if (pending !== null || isSending) return editor.text() === text;
      editor.setText(text);
      return true;
    },
    saved(of, text) {
      if (of !== key || editor.text() === text) forget(of);
    },
    setProblems: problems => editor.setProblems(problems),
    goTo: line => editor.goTo(line),
    destroy() {
      flush();
      isGone = true;
      removeEventListener('blur', flush);
      editor.destroy();
    },
  };
}
