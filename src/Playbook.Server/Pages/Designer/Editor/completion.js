// What the editor offers while somebody types: names in scope and their members, functions after a pipe.
export const keywords = ['if', 'else', 'end', 'for', 'in', 'while', 'break', 'continue', 'capture', 'func', 'ret', 'with', 'case', 'when', 'true', 'false', 'null', 'empty'];

/** `words`: { names: [{ label, detail }], members: { contact: [{ label, detail }] }, functions: [{ label, detail }] } */
export const completeScriban = words => context => {
  const before = context.state.sliceDoc(0, context.pos);
  if (before.lastIndexOf('{{') <= before.lastIndexOf('}}')) return null;
  const member = context.matchBefore(/[A-Za-z_]\w*\.\w*/);
  if (member) {
    const [owner] = member.text.split('.');
    const known = words.members[owner];
    return known ? { from: member.from + owner.length + 1, options: known.map(one => ({ ...one, type: 'property' })), validFor: /^\w*$/ } : null;
  }
  const word = context.matchBefore(/\w*/);
  if (word.from === word.to && !context.explicit && !/[|{(]\s*$/.test(before)) return null;
  const functions = words.functions.map(one => ({ ...one, type: 'function' }));
  if (/\|\s*\w*$/.test(before)) return { from: word.from, options: functions, validFor: /^\w*$/ };
  return {
    from: word.from,
    options: [
      ...words.names.map(one => ({ ...one, type: 'variable', boost: 2 })),
      ...functions,
      ...keywords.map(label => ({ label, type: 'keyword', boost: -1 })),
    ],
    validFor: /^\w*$/,
  };
};

/** `words`: { keys: [label], values: { activity: [label], outcome: [label] … } }, by the member that stands before the colon. */
export const completeJson = words => context => {
  const line = context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, context.pos);
  const value = /"([\w ]+)"\s*:\s*"?([^"]*)$/.exec(line);
  if (value) {
    const known = words.values[value[1]];
    if (!known) return null;
    const isOpen = /:\s*"[^"]*$/.test(line);
    return { from: context.pos - value[2].length, options: known.map(label => ({ label, type: 'enum', apply: isOpen ? label : `"${label}"` })) };
  }
  const key = /(?:^|[{,])\s*"?([\w]*)$/.exec(line);
  if (!key || (key[1] === '' && !context.explicit)) return null;
  const isOpen = /"\w*$/.test(line);
  return { from: context.pos - key[1].length, options: words.keys.map(label => ({ label, type: 'property', apply: isOpen ? label : `"${label}": ` })) };
};
