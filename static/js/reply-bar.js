// The bar that leads to the composer goes away where the composer is in sight.
customElements.define(
  "reply-bar",
  class extends HTMLElement {
    connectedCallback() {
      const composer = document.getElementById("reply");
      if (!composer) return;
      new IntersectionObserver(([entry]) => this.toggleAttribute("data-away", entry.isIntersecting)).observe(composer);
    }
  },
);
