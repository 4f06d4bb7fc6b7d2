// What works on every page, also when nothing else on it does any more.
document.addEventListener("click", click => {
    if (click.target.closest?.("[data-reload]"))
        location.reload();
    // The next page is drawn without a load: a menu would stay open over it.
    click.target.closest?.("[popover] a[href]")?.closest("[popover]").hidePopover();
});
