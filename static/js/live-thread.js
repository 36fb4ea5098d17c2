// Says that a thread has new replies, without moving the text. The server says only that something
// changed; the reader decides when to look.
customElements.define(
  "live-thread",
  class extends HTMLElement {
    connectedCallback() {
      if (!("EventSource" in window)) return;
      this.source = new EventSource(this.dataset.stream);
      this.source.onmessage = () => this.announce();
    }

    disconnectedCallback() {
      this.source?.close();
    }

    announce() {
      if (this.firstChild) return;
      const link = document.createElement("a");
      link.className = "btn btn--primary live-thread__news";
      link.href = this.dataset.target;
      link.textContent = this.dataset.words;
      this.setAttribute("role", "status");
      this.append(link);
    }
  },
);
