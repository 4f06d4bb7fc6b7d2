// Digits press outcomes, J and K walk through the queue, Enter presses what the step is about: as long as nobody is typing.
export function listen(page) {
    const walk = step => {
        const items = [...page.querySelectorAll("button[data-task]")];
        const here = items.findIndex(item => item.getAttribute("aria-current") === "true");
        items[Math.min(items.length - 1, Math.max(0, here + step))]?.click();
    };
    const pressed = event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]"))
            return;
        const key = event.key.toLowerCase();
        if (key === "j" || key === "k") {
            event.preventDefault();
            walk(key === "j" ? 1 : -1);
            return;
        }
        const pressable = page.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
        if (pressable && (key !== "enter" || event.target === document.body)) {
            event.preventDefault();
            pressable.click();
        }
    };
    document.addEventListener("keydown", pressed);
    document.documentElement.dataset.live = "true";
    return {
        stop: () => {
            document.removeEventListener("keydown", pressed);
            delete document.documentElement.dataset.live;
        },
    };
}
