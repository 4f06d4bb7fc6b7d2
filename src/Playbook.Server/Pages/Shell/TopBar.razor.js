// Cookies last a year; the server reads them with the next page, and with every save of the canvas.
export function remember(name, value) {
    const age = value ? 31536000 : 0;
    document.cookie = `${name}=${value}; path=/; max-age=${age}; samesite=lax`;
    if (name === "playbook-theme") {
        document.documentElement.dataset.theme = value;
        document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", value);
        for (const frame of document.querySelectorAll("iframe"))
            frame.contentWindow?.postMessage({ type: "theme", theme: value }, location.origin);
    }
}
