// Has the browser make or show a passkey, and sends what it answers with the form around it. Where the
// browser knows nothing of passkeys, the element stays hidden.
const knows = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

customElements.define(
  "passkey-door",
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = !knows;
      if (!knows) return;
      this.form = this.closest("form");
      this.problem = this.querySelector("[role=alert]");
      this.querySelector("button").addEventListener("click", () => this.open());
      if ("autofill" in this.dataset) this.wait();
    }

    disconnectedCallback() {
      this.waiting?.abort();
    }

    async open() {
      // A browser has one question at a time.
      this.waiting?.abort();
      this.problem.hidden = true;
      try {
        this.send(this.dataset.make ? await this.make() : await this.show());
      } catch {
        this.problem.textContent = this.dataset.failed;
        this.problem.hidden = false;
      }
    }

    make() {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(this.dataset.make));
      return navigator.credentials.create({ publicKey });
    }

    async show(how = {}) {
      const answer = await fetch(this.dataset.ask, { method: "POST", signal: how.signal });
      const asked = await answer.json();
      this.form.elements.challenge.value = asked.challenge;
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(asked.options));
      return navigator.credentials.get({ publicKey, ...how });
    }

    // Offers passkeys among what the browser fills the login with.
    async wait() {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
      this.waiting = new AbortController();
      try {
        this.send(await this.show({ mediation: "conditional", signal: this.waiting.signal }));
      } catch {
        // Nobody chose one, or the button was pressed; the page is as before.
      }
    }

    send(credential) {
      this.form.elements.credential.value = JSON.stringify(credential);
      this.form.submit();
    }
  },
);
