// Helps to keep recovery codes: copies them, or prints them.
customElements.define(
  "kept-codes",
  class extends HTMLElement {
    connectedCallback() {
      this.querySelector(".buttons").hidden = false;
      this.querySelector("[value=print]").addEventListener("click", () => window.print());
      const copy = this.querySelector("[value=copy]");
      copy.addEventListener("click", async () => {
        const codes = [...this.querySelectorAll("code")].map((code) => code.textContent);
        await navigator.clipboard.writeText(codes.join("\n"));
        copy.querySelector("span").textContent = this.dataset.copied;
      });
    }
  },
);
