// Copies words for other scripts, and says that it did.
const SAID_FOR = 2500;

customElements.define(
  "clip-board",
  class extends HTMLElement {
    connectedCallback() {
      document.addEventListener("candor:copy", (event) => this.copy(event.detail));
    }

    async copy(words) {
      // Browsers have a clipboard on secure pages alone.
      const done = navigator.clipboard
        ? await navigator.clipboard.writeText(words).then(() => true, () => false)
        : this.copyByHand(words);
      this.textContent = done ? this.dataset.done : this.dataset.failed;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.replaceChildren(), SAID_FOR);
    }

    copyByHand(words) {
      const back = document.activeElement;
      const field = Object.assign(document.createElement("textarea"), { value: words, className: "visually-hidden" });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      back?.focus({ preventScroll: true });
      return done;
    }
  },
);
