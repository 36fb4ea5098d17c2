// Shows the pictures of a post large, one after the other: by click, arrow keys and swipe. Without it the links
// lead to the pictures themselves.
const SWIPE = 50;

customElements.define(
  "picture-viewer",
  class extends HTMLElement {
    connectedCallback() {
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a.picture");
        if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.open(link);
      });
    }

    open(link) {
      this.links = [...link.closest(".prose").querySelectorAll("a.picture")];
      this.dialog ??= this.draw();
      this.show(this.links.indexOf(link));
      this.dialog.showModal();
    }

    draw() {
      const dialog = Object.assign(document.createElement("dialog"), { className: "viewer", ariaLabel: this.dataset.title });
      this.picture = Object.assign(new Image(), { className: "viewer__picture" });
      this.words = Object.assign(document.createElement("p"), { className: "viewer__words", ariaLive: "polite" });
      const button = (words, sign, deed) => {
        const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign, ariaLabel: words });
        made.className = "viewer__button";
        made.addEventListener("click", deed);
        return made;
      };
      this.previous = button(this.dataset.previous, "‹", () => this.show(this.at - 1));
      this.next = button(this.dataset.next, "›", () => this.show(this.at + 1));
      const close = button(this.dataset.close, "×", () => dialog.close());
      dialog.append(close, this.previous, this.picture, this.next, this.words);
      dialog.addEventListener("click", (event) => event.target === dialog && !this.swiped && dialog.close());
      dialog.addEventListener("keydown", (event) => {
        const right = getComputedStyle(dialog).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        if (["ArrowLeft", "ArrowRight"].includes(event.key)) this.show(this.at + (event.key === right ? 1 : -1));
      });
      dialog.addEventListener("pointerdown", (event) => {
        this.from = event.clientX;
        this.swiped = false;
      });
      dialog.addEventListener("pointerup", (event) => {
        const by = event.clientX - this.from;
        // A mouse that lets go clicks as well, which beside the picture closes.
        this.swiped = Math.abs(by) > SWIPE;
        if (this.swiped) this.show(this.at + (by < 0 ? 1 : -1));
      });
      this.append(dialog);
      return dialog;
    }

    show(at) {
      if (at < 0 || at >= this.links.length) return;
      this.at = at;
      const link = this.links[at];
      const small = link.querySelector("img");
      this.picture.src = link.href;
      this.picture.alt = small.alt;
      this.picture.setAttribute("width", small.getAttribute("width"));
      this.picture.setAttribute("height", small.getAttribute("height"));
      this.words.textContent = small.alt;
      this.previous.disabled = at === 0;
      this.next.disabled = at === this.links.length - 1;
    }
  },
);
