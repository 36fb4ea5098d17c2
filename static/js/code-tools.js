// A piece of code can be copied, and its long lines broken. The stylesheet keeps the place above the code free, so
// that nothing moves when the buttons come.
customElements.define(
  "code-tools",
  class extends HTMLElement {
    connectedCallback() {
      const broken = document.documentElement.matches("[data-reading~=wrap]");
      for (const pre of document.querySelectorAll("article.post .prose pre")) {
        const frame = Object.assign(document.createElement("div"), { className: "code" });
        const tools = Object.assign(document.createElement("div"), { className: "code__tools" });
        pre.replaceWith(frame);
        frame.append(pre, tools);
        if (broken) pre.classList.add("code--broken");
        const wrap = this.button(this.dataset.wrap, () => {
          const now = pre.classList.toggle("code--broken");
          wrap.ariaPressed = String(now);
        });
        wrap.ariaPressed = String(broken);
        const copy = this.button(this.dataset.copy, () => {
          document.dispatchEvent(new CustomEvent("candor:copy", { detail: pre.textContent.replace(/\n$/, "") }));
        });
        tools.append(wrap, copy);
      }
    }

    button(words, deed) {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "code__tool", textContent: words });
      made.addEventListener("click", deed);
      return made;
    }
  },
);
