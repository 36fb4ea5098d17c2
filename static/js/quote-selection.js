// A button beside words that are selected in a post: puts them into the reply as a quote of it.
customElements.define(
  "quote-selection",
  class extends HTMLElement {
    connectedCallback() {
      this.button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--small", textContent: this.dataset.words });
      this.append(this.button);
      this.hidden = true;
      // The selection would be gone with the press.
      this.button.addEventListener("pointerdown", (event) => event.preventDefault());
      this.button.addEventListener("click", () => this.quote());
      document.addEventListener("selectionchange", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.look(), 120);
      });
      document.addEventListener("keydown", (event) => event.key === "Escape" && (this.hidden = true));
    }

    look() {
      const selection = document.getSelection();
      const post = this.post(selection);
      if (document.activeElement === this.button) return;
      this.hidden = !post;
      if (!post) return;
      const box = selection.getRangeAt(0).getBoundingClientRect();
      // Below on a touch screen, where the system's own menu stands above.
      const below = matchMedia("(pointer: coarse)").matches || box.top < 60;
      this.style.insetBlockStart = `${scrollY + (below ? box.bottom + 8 : box.top - this.offsetHeight - 8)}px`;
      const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - this.offsetWidth - 8);
      this.style.left = `${left}px`;
    }

    // The post whose words are selected, if they are of one.
    post(selection) {
      if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null;
      const of = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".post .prose");
      const prose = of(selection.getRangeAt(0).commonAncestorContainer);
      return prose?.closest("[data-position]") ?? null;
    }

    quote() {
      const selection = document.getSelection();
      const post = this.post(selection);
      if (!post) return;
      const { position, handle } = post.dataset;
      const holder = document.createElement("div");
      holder.append(selection.getRangeAt(0).cloneContents());
      const words = customElements.get("to-markdown").of(holder) || selection.toString().trim();
      const quoted = words.split("\n").map((line) => (line ? `> ${line}` : ">"));
      if (handle) quoted.unshift(`> [quote=${handle}, post=${position}]`, ">");
      const form = document.querySelector("#reply");
      const { body } = form.elements;
      const at = body.value.trimEnd();
      body.value = `${at}${at && "\n\n"}${quoted.join("\n")}\n\n`;
      body.dispatchEvent(new Event("input", { bubbles: true }));
      this.hidden = true;
      selection.removeAllRanges();
      body.scrollIntoView({ block: "center" });
      body.focus();
      body.setSelectionRange(body.value.length, body.value.length);
      body.scrollTop = body.scrollHeight;
    }
  },
);
