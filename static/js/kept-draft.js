// Keeps what is being typed: in this browser at every stroke, on the server at every pause. The server begins
// the form with what it has; what this browser has beyond that is put back here.
const PREFIX = "candor-draft:";
const keeper = () => customElements.get("draft-keeper");
const FIELDS = ["board", "title", "tags", "body", "reply_to", "form_key"];

customElements.define(
  "kept-draft",
  class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.owner = document.body.dataset.member;
      this.said = this.querySelector("[role=status]");
      this.drawn = this.text();
      keeper().restore(this);
      this.form.addEventListener("input", () => {
        // Whoever goes on writing has stopped the sending.
        this.gone = false;
        this.changed();
      });
      this.form.addEventListener("submit", (event) => event.defaultPrevented || this.leave(event.submitter));
      addEventListener("online", () => this.dirty && this.send());
      document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.send());
      // Only what is kept nowhere is asked about.
      addEventListener("beforeunload", (event) => this.dirty && !this.kept && event.preventDefault());
    }

    text() {
      const named = FIELDS.filter((name) => this.form.elements[name]);
      return Object.fromEntries(named.map((name) => [name, this.form.elements[name].value]));
    }
    get place() {
      return this.dataset.place === "ask" ? `ask/${this.text().form_key}` : this.dataset.place;
    }
    get key() {
      return `${PREFIX}${this.owner}:${this.place}`;
    }
    get version() {
      return this.form.elements.draft.value;
    }

    changed() {
      if (this.gone) return;
      this.dirty = true;
      this.keep();
      clearTimeout(this.timer);
      // Whoever never pauses is saved all the same.
      this.since ??= Date.now();
      this.timer = setTimeout(() => this.send(), Math.min(1200, Math.max(0, this.since + 8000 - Date.now())));
    }

    keep(more = {}) {
      try {
        // Of two versions both, until somebody chooses.
        const { other } = this.querySelector("draft-other") ?? {};
        const what = { ...this.text(), draft: this.version, at: Date.now(), other, ...more };
        localStorage.setItem(this.key, JSON.stringify(what));
        this.kept = true;
      } catch {
        this.kept = false;
      }
    }

    fill(text) {
      for (const name of FIELDS) if (this.form.elements[name] && name in text) this.form.elements[name].value = text[name];
      this.form.elements.body.dispatchEvent(new Event("filled", { bubbles: true }));
    }

    // Neither version is given up before somebody says so.
    offer(other) {
      const bar = document.createElement("draft-other");
      this.prepend(Object.assign(bar, { other, words: this.dataset, draft: this }));
    }

    async send() {
      clearTimeout(this.timer);
      this.since = null;
      if (this.gone || this.querySelector("draft-other")) return;
      if (this.sending) return void (this.again = true);
      const text = this.text();
      this.sending = new AbortController();
      const answer = await keeper().send(this.dataset, { ...text, draft: this.version }, this.sending.signal);
      this.sending = null;
      if (this.gone) return;
      this.heard(answer, JSON.stringify(text) === JSON.stringify(this.text()));
      if (this.again) this.again = void this.send();
    }

    heard({ status, body }, same) {
      const { saved, here, signedOut, sent } = this.dataset;
      if (status === 409) return this.offer(body);
      if ([200, 204, 410].includes(status)) {
        localStorage.removeItem(this.key);
        this.form.elements.draft.value = body?.version ?? "";
        if (body?.form_key) this.form.elements.form_key.value = body.form_key;
        this.dirty = !same;
        if (this.dirty) this.keep();
        else if (status === 410) this.fill({ title: "", tags: "", body: "" });
        return this.say({ 200: saved, 204: "", 410: sent }[status]);
      }
      this.say(body?.problem ?? (status === 401 ? signedOut : here));
      if (!status || status >= 500 || status === 429) this.timer = setTimeout(() => this.send(), 5000);
    }

    say(words) {
      this.said.textContent = words;
    }

    // It is on its way: what this browser keeps stays until the server says that it arrived.
    leave(submitter) {
      if (submitter?.value === "preview") return;
      if (submitter?.getAttribute("formaction")?.includes("/discard")) localStorage.removeItem(this.key);
      else this.keep({ sent: true });
      this.gone = true;
      this.dirty = false;
      clearTimeout(this.timer);
      this.sending?.abort();
    }
  },
);
