// Keys, and what must not be lost: what is typed is kept in this browser as it is typed, and an answer from the moment that it
// is given until the server has it, under a key by which giving it twice counts once.
const waitAtMost = 10_000;
const keepFor = 14 * 24 * 3600_000;

export function listen(page, host) {
    const mine = kind => `playbook-${kind}:${page.dataset.me}:`;
    const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
    const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* A browser that keeps nothing still works while the server answers. */ } };
    const step = () => page.querySelector("[data-step]");
    const draftKey = id => mine("draft") + id;
    const under = kind => Object.keys(localStorage).filter(key => key.startsWith(mine(kind)));
    let giving = false;
    let callBegan = 0;

    const valuesOf = form => Object.fromEntries([...form.querySelectorAll("[id^='step-']")].filter(field => "value" in field)
        .map(field => [field.id.slice(5), field.type === "checkbox" ? field.checked : field.value]));

    const draft = event => {
        const form = event.target.closest?.("[data-form]");
        if (form && step())
            write(draftKey(step().dataset.step), { outcome: form.dataset.form, values: valuesOf(form), at: Date.now() });
    };

    const say = words => {
        let line = document.getElementById("not-sent");
        if (!words) { line?.remove(); return; }
        if (!line) {
            line = Object.assign(document.createElement("div"), { id: "not-sent", className: "not-sent" });
            line.setAttribute("role", "alert");
            document.body.append(line);
        }
        line.textContent = words;
    };

    const within = promise => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), waitAtMost))]);

    const send = async (key, answer) => {
        try {
            const said = await within(host.invokeMethodAsync("Give", answer.task, answer.key, answer.outcome, answer.values, answer.again ?? false));
            localStorage.removeItem(key);
            if (said !== "wrong")
                localStorage.removeItem(draftKey(answer.task));
            say(null);
        } catch {
            write(key, { ...answer, again: true });
            say(page.dataset.unsent.replace("{0}", () => answer.outcome));
        }
    };

    const give = async (outcome, sends) => {
        const now = step();
        if (!now || giving)
            return;
        giving = true;
        try {
            const form = now.querySelector("[data-form]");
            const answer = { task: now.dataset.step, key: now.dataset.answerKey, outcome, values: { ...(form ? valuesOf(form) : {}), "mail-send": sends }, at: Date.now() };
            const key = mine("answer") + answer.task;
            write(key, answer);
            await send(key, answer);
        } finally {
            giving = false;
        }
    };

    const resend = async () => {
        for (const key of under("answer")) {
            const answer = read(key);
            if (answer && Date.now() - answer.at < keepFor)
                await send(key, { ...answer, again: true });
            else
                localStorage.removeItem(key);
        }
        for (const key of under("draft"))
            if (!(Date.now() - read(key)?.at < keepFor))
                localStorage.removeItem(key);
    };

    const walk = by => {
        const items = [...page.querySelectorAll("button[data-task]")].filter(item => item.checkVisibility());
        const here = items.findIndex(item => item.getAttribute("aria-current") === "true");
        const next = items[here < 0 ? 0 : Math.min(items.length - 1, Math.max(0, here + by))];
        next?.scrollIntoView({ block: "nearest" });
        next?.click();
    };

    // Whoever types faster than the server answers means the field that the first key asked for.
    let ahead = null;
    const awaitField = () => {
        clearTimeout(ahead?.timer);
        ahead = { keys: [], timer: setTimeout(() => { ahead = null; }, waitAtMost) };
    };
    const typeAhead = field => {
        const keys = ahead?.keys ?? [];
        clearTimeout(ahead?.timer);
        ahead = null;
        if (!field?.matches("input:not([type=checkbox]), textarea"))
            return;
        for (const key of keys) {
            if (key === "Enter" && field.tagName === "INPUT") { field.form?.requestSubmit(); return; }
            field.value += key === "Enter" ? "\n" : key;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    };

    const pressed = event => {
        const key = event.key.toLowerCase();
        const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
        if (ahead && !typing && key !== "escape" && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            if (event.key.length === 1 || event.key === "Enter")
                ahead.keys.push(event.key);
            return;
        }
        if ((event.ctrlKey || event.metaKey) && key === "enter") {
            const submit = page.querySelector(".form [data-outcome]:not(:disabled)");
            if (submit) { event.preventDefault(); submit.click(); }
            return;
        }
        if ((event.ctrlKey || event.metaKey) && key === "z" && !typing) {
            event.preventDefault();
            page.querySelector('[data-key="z"]')?.click();
            return;
        }
        if (event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (typing && key !== "escape")
            return;
        if (key === "escape") {
            clearTimeout(ahead?.timer);
            ahead = null;
            const way = page.querySelector('[data-panel] [data-key="escape"]') ?? page.querySelector('[data-key="escape"]');
            if (way) { event.preventDefault(); way.click(); }
            event.target.blur?.();
            return;
        }
        if (key === "j" || key === "k") { event.preventDefault(); walk(key === "j" ? 1 : -1); return; }
        if (key === "f") {
            const field = page.querySelector("[data-form] input, [data-form] textarea, [data-form] select");
            if (field) { event.preventDefault(); field.focus(); }
            return;
        }
        // Enter belongs to the button or link that has the focus.
        if (key === "enter" && event.target.closest("a, button, summary"))
            return;
        const way = page.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
        if (way) {
            event.preventDefault();
            if (way.matches("[data-opens], [data-asks]"))
                awaitField();
            way.click();
        }
    };

    const clicked = event => {
        const outcome = event.target.closest?.("[data-outcome]");
        if (outcome && !outcome.disabled) { void give(outcome.dataset.outcome, "send" in outcome.dataset); return; }
        const asks = event.target.closest?.("[data-asks]");
        if (asks && !asks.disabled) { void host.invokeMethodAsync("Ask", asks.dataset.asks); return; }
        if (event.target.closest?.("[data-forget]")) {
            localStorage.removeItem(draftKey(step().dataset.step));
            void host.invokeMethodAsync("Forget");
            return;
        }
        if (event.target.closest?.("[data-call]")) {
            callBegan = Date.now();
            void host.invokeMethodAsync("BeginCall");
        }
    };

    const tick = () => {
        for (const left of page.querySelectorAll("[data-left]")) {
            left.ends ??= Date.now() + 1000 * Number(left.dataset.left);
            const seconds = left.querySelector("[data-seconds]");
            const now = String(Math.max(0, Math.ceil((left.ends - Date.now()) / 1000)));
            if (seconds && seconds.textContent !== now)
                seconds.textContent = now;
        }
        const timer = page.querySelector("[data-timer]");
        if (timer && callBegan) {
            const seconds = Math.floor((Date.now() - callBegan) / 1000);
            timer.hidden = false;
            timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        }
    };

    const back = event => { if (event.detail?.state === "hide") void resend(); };
    const modal = document.getElementById("components-reconnect-modal");
    document.addEventListener("keydown", pressed);
    page.addEventListener("input", draft);
    page.addEventListener("change", draft);
    page.addEventListener("click", clicked);
    modal?.addEventListener("components-reconnect-state-changed", back);
    const ticking = setInterval(tick, 250);
    void resend();

    return {
        // What is new on the page gets the focus, and a form what was typed into it before.
        settle: what => {
            if (what === "step") {
                callBegan = 0;
                page.querySelector(".step h1")?.focus({ preventScroll: true });
                window.scrollTo({ top: 0 });
            }
            const form = page.querySelector("[data-form]");
            const kept = step() ? read(draftKey(step().dataset.step)) : null;
            let restored = null;
            if (kept && what !== "panel") {
                const known = form ? [...form.querySelectorAll("[id^='step-']")].filter(field => field.id.slice(5) in kept.values) : [];
                const other = known.filter(field => (field.type === "checkbox" ? field.checked : field.value) !== kept.values[field.id.slice(5)]);
                for (const field of other) {
                    if (field.type === "checkbox") field.checked = kept.values[field.id.slice(5)];
                    else field.value = kept.values[field.id.slice(5)];
                    field.dispatchEvent(new Event("change", { bubbles: true }));
                }
                if (other.length > 0 || !form)
                    restored = { at: kept.at, outcome: kept.outcome };
            }
            if (what === "form")
                (form?.querySelector('[aria-invalid="true"]') ?? form?.querySelector("input, textarea, select"))?.focus();
            if (what === "panel")
                page.querySelector("[data-panel] [data-focus]")?.focus();
            typeAhead(what === "form" || what === "panel" ? document.activeElement : null);
            return restored;
        },
        stop: () => {
            document.removeEventListener("keydown", pressed);
            page.removeEventListener("input", draft);
            page.removeEventListener("change", draft);
            page.removeEventListener("click", clicked);
            modal?.removeEventListener("components-reconnect-state-changed", back);
            clearInterval(ticking);
            say(null);
        },
    };
}
