// Shares a post by what the telephone has for it, and elsewhere copies its address. Without it the link leads to
// the post.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const url = new URL(link.getAttribute("href"), location.href).href;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    const shared = await navigator.share({ title: document.title, url }).then(
      () => true,
      // Whoever changes their mind has not asked for anything else.
      (error) => error.name === "AbortError",
    );
    if (shared) return;
  }
  document.dispatchEvent(new CustomEvent("candor:copy", { detail: url }));
});
