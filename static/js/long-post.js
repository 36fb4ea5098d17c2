// Shows a long post whole. Searching in the page, tabbing to a link in it and following a link to a place in it
// scroll what is hidden, and that opens it as well.
document.addEventListener("click", (event) => {
  const more = event.target.closest(".fold__more");
  if (!more) return;
  event.preventDefault();
  const post = more.previousElementSibling;
  open(post);
  post.tabIndex = -1;
  post.focus({ preventScroll: true });
});

document.addEventListener(
  "scroll",
  (event) => {
    if (event.target.classList?.contains("fold")) open(event.target);
  },
  true,
);

function open(post) {
  post.classList.remove("fold");
  post.scrollTop = 0;
}
