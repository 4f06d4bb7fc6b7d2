// Digits press the outcome buttons, Z takes back, J jumps to what comes next: as long as nobody is typing.
export function listen(panel) {
    const pressed = event => {
        if (event.ctrlKey || event.metaKey || event.altKey || panel.offsetParent === null || event.target.closest("input, textarea, select, [contenteditable]"))
            return;
        if (document.activeElement !== document.body && !panel.contains(document.activeElement) && !document.activeElement.contains(panel))
            return;
        const button = panel.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]:not(:disabled)`);
        if (button) {
            event.preventDefault();
            button.click();
        }
    };
    document.addEventListener("keydown", pressed);
    return { stop: () => document.removeEventListener("keydown", pressed) };
}
