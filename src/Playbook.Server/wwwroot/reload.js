// Works when nothing else on the page does any more.
document.addEventListener("click", click => {
    if (click.target.closest?.("[data-reload]"))
        location.reload();
});
