// Kudos count at once, and the page stays where it is. Without it, or where it cannot be done, the form is sent and
// the server says why.
const pending = new WeakSet();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[form=deed][aria-keyshortcuts=l]");
  if (!button) return;
  event.preventDefault();
  if (pending.has(button)) return;
  pending.add(button);
  const before = state(button);
  show(button, { given: !before.given, count: before.count + (before.given ? -1 : 1) });
  // What was pressed is seen first, and told then.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const done = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(), redirect: "manual", keepalive: true }).then(
    (answer) => answer.type === "opaqueredirect",
    () => false,
  );
  pending.delete(button);
  if (done) {
    const address = button.getAttribute("formaction");
    button.setAttribute("formaction", before.given ? address.replace(/\/undo$/, "") : `${address}/undo`);
  } else {
    show(button, before);
    button.form.requestSubmit(button);
  }
});

function state(button) {
  const count = Number(button.querySelector(".deed__count").textContent);
  return { given: button.ariaPressed === "true", count };
}

function show(button, { given, count }) {
  button.ariaPressed = String(given);
  button.querySelector(".deed__count").textContent = count > 0 ? ` ${count}` : "";
}
