// `/` leads to the search box; Escape and a click elsewhere close an open menu; Ctrl+Enter sends.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const keyless = document.documentElement.matches("[data-reading~=keyless]");
  if (event.key === "/" && !typing && !keyless && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.querySelector("#q, #site-search")?.focus();
  }
  if (event.key === "Escape") closeMenus(null);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    const form = event.target.form;
    form.requestSubmit(form.querySelector(".btn--primary"));
  }
});

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}
