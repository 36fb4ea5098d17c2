// Texts that this browser kept for forms that are not on this page reach the server too, so that no device and
// no lost connection holds one back.
const PREFIX = "candor-draft:";

async function sweep() {
  const owner = document.body.dataset.member;
  const start = `${PREFIX}${owner}:`;
  const here = document.querySelector("kept-draft");
  const all = Object.keys(localStorage).filter((key) => owner && key.startsWith(start));
  for (const key of all) {
    const place = key.slice(start.length);
    // A form on this page sees to its own.
    if (here && (place === here.place || (place.startsWith("ask/") && here.dataset.place === "ask"))) continue;
    // Of two versions one is for its writer to choose.
    if (JSON.parse(localStorage.getItem(key)).other) continue;
    const { status } = await customElements.get("draft-keeper").send({ place }, JSON.parse(localStorage.getItem(key)));
    if ([200, 204, 410].includes(status)) localStorage.removeItem(key);
  }
}

addEventListener("load", sweep);
addEventListener("online", sweep);

// Signing out takes everything from this browser, so the server has it first.
for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  form.addEventListener("submit", async (event) => {
    const draft = document.querySelector("kept-draft");
    if (!draft?.dirty) return;
    event.preventDefault();
    const bar = draft.querySelector("draft-other");
    if (bar) return void bar.querySelector("button").focus();
    await Promise.race([draft.send(), new Promise((late) => setTimeout(late, 3000))]);
    form.submit();
  });
}
