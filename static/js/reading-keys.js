// j and k go to the next and the previous post, or thread in a list; r answers it, l gives kudos, s leads to the
// solution, ? lists the keys. In the queue of moderators a lets a post stay, x removes it and c says that one is at it.
// A member can switch them off.
const DEEDS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => press("[aria-keyshortcuts=r]") || document.querySelector("#body")?.focus(),
  l: () => press("[aria-keyshortcuts=l]"),
  s: () => document.querySelector("[aria-keyshortcuts=s]")?.click(),
  a: () => decide("a"),
  x: () => decide("x"),
  c: () => decide("c"),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (typing || held || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (document.documentElement.matches("[data-reading~=keyless]")) return;
  const deed = Object.hasOwn(DEEDS, event.key) && DEEDS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

// What one moves among: posts, or the titles of a list.
function places() {
  const posts = [...document.querySelectorAll("main article.post[id], main .tombstone[id]")];
  return posts.length > 0 ? posts : [...document.querySelectorAll("main .thread-row__title > a, .queue__line > a")];
}

// Where the reader is: what has the focus, else what is first in sight.
function here(all) {
  const held = all.findIndex((place) => place.contains(document.activeElement));
  if (held >= 0) return { at: held, held: true };
  const header = document.querySelector(".site-header").getBoundingClientRect().bottom;
  return { at: Math.max(0, all.findIndex((place) => place.getBoundingClientRect().bottom > header + 1)), held: false };
}

function move(by) {
  const all = places();
  const { at, held } = here(all);
  const next = all[held ? at + by : by > 0 ? at : at - 1];
  if (!next) return;
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.matches("a") ? "center" : "start" });
}

// The case in sight; on a phone there is none beside the list.
function decide(key) {
  const button = document.querySelector(`.case [aria-keyshortcuts=${key}]`);
  if (button?.checkVisibility()) button.click();
}

function press(what) {
  const all = places();
  const deed = all[here(all).at]?.querySelector(what);
  deed?.click();
  return Boolean(deed);
}
