// One file on its way: sent piece by piece, so that a connection that breaks costs one piece. After a break it
// asks how far the file is and goes on from there, as often as it takes.
const PIECE = 512 * 1024;
const PATIENCE = 60_000;

customElements.define(
  "file-upload",
  class extends HTMLElement {
    connectedCallback() {
      const make = (tag, what) => Object.assign(document.createElement(tag), what);
      const { name, size } = this.file;
      this.bar = make("progress", { max: size || 1, value: 0, ariaLabel: name });
      this.said = make("p", { className: "upload__said" });
      const cancel = make("button", { type: "button", className: "upload__cancel", textContent: "×" });
      cancel.ariaLabel = this.words.cancel.replace("{name}", name);
      cancel.addEventListener("click", () => this.cancel());
      this.append(make("span", { className: "upload__name", textContent: name }), cancel, this.bar, this.said);
      this.stopped = new AbortController();
      this.toggleAttribute("data-busy", true);
      this.send().catch(() => this.fail(this.words.broken)).then(() => this.settle());
    }

    async send() {
      const body = new URLSearchParams({ name: this.file.name, bytes: this.file.size });
      let state = await this.ask(this.words.target, { method: "POST", body });
      this.url = state?.url;
      // When all is here and nobody has said what became of it, an empty piece asks.
      while (state && !state.attachment) {
        this.bar.value = state.received;
        const piece = this.file.slice(state.received, state.received + PIECE);
        const headers = { "content-type": "application/octet-stream" };
        state = await this.ask(`${this.url}?at=${state.received}`, { method: "POST", body: piece, headers });
      }
      if (state) this.arrive(state.attachment);
    }

    // The answer; after a break, that of the question how far it is. Nothing once it was refused or given up.
    async ask(url, what) {
      for (let wait = 1000; ; wait = Math.min(wait * 2, PATIENCE)) {
        const answer = await this.fetched(url, what);
        if (this.stopped.signal.aborted) return null;
        if (answer?.ok) return this.say("", await answer.json());
        if (answer && answer.status < 500 && ![408, 429].includes(answer.status)) {
          const words = await answer.json().catch(() => ({}));
          return this.fail(words.problem ?? this.words.broken);
        }
        this.say(this.words.waiting);
        await pause(Number(answer?.headers.get("retry-after")) * 1000 || wait);
        const state = this.url && (await this.fetched(this.url, {}));
        if (state?.ok) return this.say("", await state.json());
      }
    }

    fetched(url, what) {
      return fetch(url, { ...what, signal: this.stopped.signal }).catch(() => null);
    }
    say(words, result = null) {
      this.said.textContent = words;
      return result;
    }
    arrive(attachment) {
      this.source = attachment.source;
      this.bar.remove();
      this.say(this.words.done.replace("{name}", attachment.name));
      this.tell("uploaded", { source: this.source });
      if (!attachment.picture) return;
      const words = document.createElement("picture-words");
      Object.assign(words, { attachment, words: this.words });
      words.addEventListener("described", (event) => (this.source = event.detail.to));
      this.append(words);
    }

    fail(words) {
      this.bar.remove();
      this.said.className += " upload__said--bad";
      return this.say(words);
    }

    settle() {
      this.removeAttribute("data-busy");
      this.tell("settled");
    }
    tell(what, detail) {
      this.dispatchEvent(new CustomEvent(what, { bubbles: true, detail }));
    }

    cancel() {
      this.stopped.abort();
      if (this.source) this.tell("given-up", { source: this.source });
      else if (this.url) fetch(`${this.url}/cancel`, { method: "POST" }).catch(() => null);
      this.settle();
      this.parentElement.remove();
    }
  },
);

function pause(millis) {
  return new Promise((done) => [setTimeout(done, millis), addEventListener("online", done, { once: true })]);
}
