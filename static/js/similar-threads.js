// Shows threads like the one that is about to be begun, a moment after typing its title stops.
customElements.define(
  "similar-threads",
  class extends HTMLElement {
    connectedCallback() {
      this.section = this.querySelector("section");
      this.seen = this.querySelector("input");
      const title = this.closest("form").elements.title;
      title.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.look(title.value.trim()), 350);
      });
    }

    async look(title) {
      this.asking?.abort();
      this.asking = new AbortController();
      try {
        const address = `${this.dataset.target}?title=${encodeURIComponent(title)}`;
        const answer = await fetch(address, { signal: this.asking.signal });
        if (!answer.ok) return;
        const html = await answer.text();
        // Whoever listens hears it again only where it is something else.
        if (html === this.shown) return;
        this.shown = html;
        this.section.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        this.section.hidden = !this.section.hasChildNodes();
        if (!this.section.hidden) this.seen.value = "seen";
      } catch (error) {
        // The next pause in typing asks again.
        if (error.name !== "AbortError") this.section.hidden = true;
      }
    }
  },
);
