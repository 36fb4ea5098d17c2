// <board-order> lets categories, and boards within their category, be dragged by a grip: with a pointer, or taken
// with space, moved with the arrow keys and put down with space. What was moved is sent as one form.
class BoardOrder extends HTMLElement {
  connectedCallback() {
    this.grip = this.querySelector("template").content.firstElementChild;
    for (const item of this.querySelectorAll("[data-item]")) this.equip(item);
  }

  equip(item) {
    const grip = this.grip.cloneNode(true);
    grip.lastElementChild.textContent = grip.textContent.replace("%name%", item.dataset.name);
    item.querySelector("form.buttons").append(grip);
    const at = `${item.dataset.item}-${item.dataset.slug}-grip`;
    if (this.dataset.at === at) grip.focus();
    grip.addEventListener("keydown", (event) => this.key(event, item, grip, at));
    grip.addEventListener("blur", () => this.held === item && !this.dragged && this.giveBack());
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      grip.setPointerCapture(event.pointerId);
      this.take(item);
      this.dragged = item;
    });
    grip.addEventListener("pointermove", (event) => this.dragged && this.drag(item, event.clientY));
    grip.addEventListener("pointerup", () => this.dragged && this.putDown(at));
    grip.addEventListener("pointercancel", () => this.dragged && this.giveBack());
  }

  key(event, item, grip, at) {
    const held = this.held === item;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (held && [" ", "Enter"].includes(event.key)) this.putDown(at);
    else if (event.key === " ") this.take(item);
    else if (held && step) this.step(item, step, grip);
    else if (held && event.key === "Escape") this.giveBack();
    else return;
    event.preventDefault();
  }

  siblings = (item) => [...item.parentElement.children].filter((other) => other.dataset.item);
  take(item) {
    this.held = item;
    this.before = this.siblings(item);
    item.classList.add("held");
    this.say("held", item);
  }

  step(item, step, grip) {
    const all = this.siblings(item);
    const other = all[all.indexOf(item) + step];
    if (!other) return;
    // What is taken out of the page loses the focus; the neighbor moves instead.
    item[step < 0 ? "after" : "before"](other);
    grip.scrollIntoView({ block: "nearest" });
    this.say("moved", item);
  }

  drag(item, y) {
    const over = this.siblings(item).find((other) => {
      const { top, bottom } = other.getBoundingClientRect();
      return other !== item && y >= top && y <= bottom;
    });
    if (!over) return;
    const { top, bottom } = over.getBoundingClientRect();
    const step = over.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
    // Past its middle: else a taller one would come back at once.
    if ((y - (top + bottom) / 2) * step > 0) this.step(item, step, item);
  }

  // Around what is held, which keeps the focus.
  giveBack() {
    const at = this.before.indexOf(this.held);
    this.held.before(...this.before.slice(0, at));
    this.held.after(...this.before.slice(at + 1));
    this.say("back", this.held);
    this.release();
  }

  release() {
    this.held.classList.remove("held");
    this.held = this.dragged = null;
  }

  putDown(at) {
    const same = this.siblings(this.held).every((item, place) => item === this.before[place]);
    this.release();
    if (same) return;
    const form = this.querySelector("#order");
    const add = (name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    add("at", at);
    for (const item of this.querySelectorAll("[data-item]")) add(item.dataset.item, item.dataset.slug);
    form.requestSubmit();
  }

  say(what, item) {
    const place = this.siblings(item).indexOf(item) + 1;
    this.querySelector("[role=status]").textContent = this.dataset[what].replace("%name%", item.dataset.name).replace("%place%", place);
  }
}

customElements.define("board-order", BoardOrder);
