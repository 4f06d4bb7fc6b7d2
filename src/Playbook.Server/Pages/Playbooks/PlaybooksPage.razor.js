// "/" searches, "n" makes a new playbook, as long as nobody is typing.
export function listen(page) {
    const pressed = event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]"))
            return;
        if (event.key === "/") {
            event.preventDefault();
            document.getElementById("search")?.focus();
        } else if (event.key === "n" || event.key === "N") {
            event.preventDefault();
            page.invokeMethodAsync("PressedNew");
        }
    };
    document.addEventListener("keydown", pressed);
    return {
        stop: () => document.removeEventListener("keydown", pressed),
    };
}
