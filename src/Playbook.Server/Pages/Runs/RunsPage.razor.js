// "/" searches, as long as nobody is typing.
export function listen() {
    const pressed = event => {
        if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select"))
            return;
        event.preventDefault();
        document.getElementById("search")?.focus();
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
