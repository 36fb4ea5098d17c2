// What forms that keep drafts share: finding what this browser kept, putting it back, and telling the server.
const PREFIX = "candor-draft:";
const WORDS = ["board", "title", "tags", "body"];

customElements.define(
  "draft-keeper",
  class extends HTMLElement {
    // The newest text for this place; for a thread not yet begun any, unless an empty form was asked for.
    static of(owner, place, search) {
      const start = `${PREFIX}${owner}:`;
      const own = read(`${start}${place}`);
      if (own || !place.startsWith("ask/") || /[?&](fresh|draft)=/.test(search)) return own;
      const all = keys(`${start}ask/`).map(read).filter(Boolean);
      return all.sort((one, other) => other.at - one.at)[0];
    }

    // Puts back what was typed here and is not known to have reached the server.
    static async restore(draft) {
      if (draft.dataset.typed !== undefined) return draft.changed();
      const found = this.of(draft.owner, draft.place, location.search);
      if (!found) return;
      if (found.other) {
        draft.fill(found);
        return draft.offer(found.other);
      }
      // It was sent, and only the server knows whether it arrived.
      const answer = found.sent ? await this.send(draft.dataset, found) : {};
      const now = draft.text();
      const same = WORDS.every((name) => (found[name] ?? "") === (now[name] ?? ""));
      const { body, draft: version } = draft.form.elements;
      // The browser may have put back what the server never had.
      const arrived = same && body.defaultValue.trim() === (found.body ?? "").trim();
      if ([204, 410].includes(answer.status) || arrived) return this.forget(draft.owner, draft.place, found);
      if (same) return draft.changed();
      if (answer.status === 200) found.draft = version.value = answer.body.version;
      const typed = JSON.stringify(now) !== JSON.stringify(draft.drawn);
      if (typed || (version.value && found.draft !== version.value)) return draft.offer(found);
      draft.fill(found);
      const { quote } = draft.dataset;
      if (quote && !body.value.includes(quote.trim())) body.value = `${body.value.trimEnd()}\n\n${quote}`;
      draft.changed();
    }

    static forget(owner, place, found) {
      const there = place.startsWith("ask/") ? `ask/${found.form_key}` : place;
      localStorage.removeItem(`${PREFIX}${owner}:${there}`);
    }

    // What the server answers; status 0 where it does not.
    static async send({ target = "/drafts", place }, text, signal) {
      const { at, sent, other, ...fields } = text;
      if (!place.startsWith("t/") && !place.startsWith("ask")) delete fields.form_key;
      const body = new URLSearchParams({ ...fields, place: place.split("/")[0] === "ask" ? "ask" : place });
      for (const [name, value] of [...body]) if (!value) body.delete(name);
      const keepalive = String(body).length < 60_000;
      const answer = await fetch(target, { method: "POST", body, signal, keepalive, redirect: "manual" }).catch(() => null);
      // Where somebody is sent to sign in, the address is not ours to see.
      if (answer?.type === "opaqueredirect") return { status: 401 };
      return { status: answer?.status ?? 0, body: await answer?.json().catch(() => null) };
    }
  },
);

function keys(start) {
  return Object.keys(localStorage).filter((key) => key.startsWith(start));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
