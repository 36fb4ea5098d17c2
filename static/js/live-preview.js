// Shows the text as it will look, drawn by the server's own renderer, a moment after typing stops.
customElements.define(
  "live-preview",
  class extends HTMLElement {
    connectedCallback() {
      this.section = this.querySelector("section");
      this.prose = this.querySelector(".prose");
      this.form = this.closest("form");
      this.form.elements.body.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.draw(), 400);
      });
      this.form.elements.body.addEventListener("scroll", (event) => this.follow(event.target));
      this.form.elements.body.addEventListener("filled", () => this.draw());
      this.form.querySelector('button[value="preview"]')?.addEventListener("click", (event) => {
        event.preventDefault();
        this.draw();
      });
    }

    atEnd() {
      const { body } = this.form.elements;
      return document.activeElement === body && body.selectionEnd >= body.value.trimEnd().length;
    }

    // Beside each other, both show the same part.
    follow({ scrollTop, scrollHeight, clientHeight }) {
      const part = scrollTop / Math.max(1, scrollHeight - clientHeight);
      this.section.scrollTop = part * (this.section.scrollHeight - this.section.clientHeight);
    }

    async draw() {
      const text = this.form.elements.body.value;
      this.section.hidden = !text.trim();
      if (this.section.hidden) return;
      const body = new URLSearchParams({ body: text });
      if (this.dataset.thread) body.set("thread", this.dataset.thread);
      this.asking?.abort();
      this.asking = new AbortController();
      try {
        const answer = await fetch(this.dataset.target, { method: "POST", body, signal: this.asking.signal });
        if (!answer.ok) return;
        const before = this.section.scrollTop;
        this.prose.replaceChildren(...parsed(await answer.text()));
        // What is read beside the text stays where it is, and follows who writes at the end.
        if (this.atEnd()) this.section.scrollTop = this.section.scrollHeight;
        else this.section.scrollTop = before;
      } catch (error) {
        // The next pause in typing asks again.
        if (error.name !== "AbortError") this.section.hidden = true;
      }
    }
  },
);

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}
