// The bridge to the canvas in its frame, and the grip between canvas and panels.
export function wire(designer, frame, grip, page) {
    const studio = () => frame.contentWindow?.playbookStudio;
    const isReady = () => studio() && frame.contentDocument?.documentElement.dataset.ready === "true";
    let steps = null;
    const heard = event => {
        if (event.origin !== location.origin || event.source !== frame.contentWindow)
            return;
        // The frame may have been loaded again since.
        if (event.data?.type === "ready" && steps)
            studio().colour(steps);
        if (event.data?.type === "view-run")
            page.invokeMethodAsync("ViewRun", event.data.id);
        else if (event.data?.type === "edit")
            location.assign(`/playbooks/${encodeURIComponent(event.data.id)}`);
    };
    addEventListener("message", heard);
    const width = value => {
        const whole = Math.round(Math.min(Math.max(value, 280), Math.min(900, innerWidth - 320)));
        designer.style.setProperty("--side", `${whole}px`);
        grip.setAttribute("aria-valuenow", whole);
        localStorage.setItem("playbook-side", whole);
    };
    const kept = Number(localStorage.getItem("playbook-side"));
    if (kept)
        width(kept);
    const now = () => Number(grip.getAttribute("aria-valuenow"));
    grip.onkeydown = event => {
        const step = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
        if (!step)
            return;
        event.preventDefault();
        width(now() + step);
    };
    grip.onpointerdown = event => {
        grip.setPointerCapture(event.pointerId);
        // Or else the frame swallows the pointer as soon as it is over it.
        frame.style.pointerEvents = "none";
        grip.onpointermove = move => width(innerWidth - move.clientX);
        grip.onpointerup = grip.onpointercancel = () => {
            grip.onpointermove = null;
            frame.style.pointerEvents = "";
        };
    };
    return {
        // A frame that is still starting gets some time.
        select: async id => {
            for (let tries = 0; tries < 60 && !isReady(); tries++)
                await new Promise(done => setTimeout(done, 250));
            return Boolean(studio()?.select(id));
        },
        colour: wanted => {
            steps = wanted;
            if (isReady())
                studio().colour(steps);
        },
        reload: () => studio()?.reload ? studio().reload() : frame.contentWindow?.location.reload(),
        stop: () => removeEventListener("message", heard),
    };
}

export const isNarrow = () => matchMedia("(max-width: 820px)").matches;
export const focus = id => document.getElementById(id)?.focus();
