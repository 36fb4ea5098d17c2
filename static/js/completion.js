// Offers members after @, emoji after :, tags after # and threads after [[, from the server, while a text is typed. The
// script that shows them is loaded when somebody begins to write.
const KINDS = { "@": "members", ":": "emoji", "#": "tags", "[[": "threads" };
let asking;

async function look(expander, key, text) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const { target, thread, kind = KINDS[key] } = expander.dataset;
  const asked = new URLSearchParams({ q: text.trim(), ...(thread && { thread }) });
  try {
    await new Promise((resolve) => setTimeout(resolve, 120));
    signal.throwIfAborted();
    const answer = await fetch(`${target}/${kind}?${asked}`, { signal });
    const list = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    return list ? { matched: true, fragment: document.adoptNode(list) } : { matched: false };
  } catch {
    // Writing goes on without.
    return { matched: false };
  }
}

/** Moves the list to where it can be seen: not past the right edge, and above the words where there is no room below. */
function settle(list) {
  const { right, bottom, height } = list.getBoundingClientRect();
  const past = right - document.documentElement.clientWidth + 8;
  if (past > 0) list.style.left = `calc(${list.style.left || "0px"} - ${past}px)`;
  if (bottom > (window.visualViewport?.height ?? innerHeight)) list.style.marginBlockStart = `calc(-1 * (${height}px + 1.8em))`;
}

for (const expander of document.querySelectorAll("text-expander")) {
  expander.addEventListener("focusin", () => import(expander.dataset.script), { once: true });
  expander.addEventListener("text-expander-change", ({ detail: { key, text, provide } }) => provide(look(expander, key, text)));
  expander.addEventListener("text-expander-activate", () => requestAnimationFrame(() => expander.querySelectorAll(".completion").forEach(settle)));
  expander.addEventListener("text-expander-value", ({ detail }) => (detail.value = detail.item.dataset.text));
  // Whoever keeps or shows the text hears of it as of any other typing.
  expander.addEventListener("text-expander-committed", ({ detail: { input } }) => input.dispatchEvent(new Event("input", { bubbles: true })));
}
