// "/" searches, "j" and "k" walk through the rows, "x" chooses the one with the focus; as long as nobody is typing.
export function listen() {
    const rows = () => [...document.querySelectorAll("tbody a.title")];
    const walk = by => {
        const all = rows();
        const at = all.findIndex(row => row.closest("tr").contains(document.activeElement));
        all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
    };
    const pressed = event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select"))
            return;
        const act = {
            "/": () => document.getElementById("search")?.focus(),
            j: () => walk(1),
            k: () => walk(-1),
            x: () => document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]")?.click(),
        }[event.key];
        if (!act)
            return;
        event.preventDefault();
        act();
    };
    document.addEventListener("keydown", pressed);
    return {
        stop: () => document.removeEventListener("keydown", pressed),
    };
}
