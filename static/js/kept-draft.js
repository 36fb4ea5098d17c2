// Keeps what is being typed in this browser until it was sent, and puts it back after a reload or a
// crash. Signing out clears it with everything else this site keeps.
const PREFIX = "candor-draft:";
const SENT = "candor-sent";

customElements.define(
  "kept-draft",
  class extends HTMLElement {
    connectedCallback() {
      this.field = this.querySelector("textarea");
      this.key = PREFIX + this.dataset.place;
      const drawn = this.field.defaultValue;
      this.forgetIfSent(drawn);
      const kept = localStorage.getItem(this.key);
      // What the server drew (a quote, a form sent back) is newer than what was kept.
      if (kept && !drawn) this.field.value = kept;
      this.field.addEventListener("input", () => this.keep());
      this.field.form.addEventListener("submit", (event) => {
        if (event.submitter?.value !== "preview") sessionStorage.setItem(SENT, this.key);
      });
    }

    keep() {
      if (this.field.value.trim()) localStorage.setItem(this.key, this.field.value);
      else localStorage.removeItem(this.key);
    }

    // The form came back empty: what was sent has arrived.
    forgetIfSent(drawn) {
      if (sessionStorage.getItem(SENT) !== this.key) return;
      if (!drawn) localStorage.removeItem(this.key);
      sessionStorage.removeItem(SENT);
    }
  },
);

// A thread that was begun, or a post that was changed, leads to a page without that form.
const sent = sessionStorage.getItem(SENT);
if (sent && document.querySelector(".thread__head")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}
