export function go(id) {
    const step = document.getElementById(id);
    step?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    step?.focus({ preventScroll: true });
}

export const print = () => window.print();

export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}
