// What is pasted as formatted text, as a table or as an address over words becomes Markdown. Everything else,
// and whatever is pasted into code, is pasted as it is; undoing it once gives the plain way back.
const markdown = () => customElements.get("to-markdown");
const MEANS = "strong, b, em, i, a[href], li, h1, h2, h3, h4, h5, h6, pre, blockquote, table, del, s, [class^=MsoList]";

customElements.define(
  "rich-paste",
  class extends HTMLElement {
    connectedCallback() {
      const { form } = this.closest("form").elements.body;
      form.elements.body.addEventListener("paste", (event) => this.paste(event, form.elements.body));
    }

    paste(event, field) {
      const data = event.clipboardData;
      const { value, selectionStart: start, selectionEnd: end } = field;
      const fences = value.slice(0, start).match(/^(```|~~~)/gm)?.length ?? 0;
      if (fences % 2 || data.files.length || event.defaultPrevented) return;
      const text = this.source(data, value.slice(start, end));
      if (!text) return;
      event.preventDefault();
      // What stands in lines of its own is parted from what is around it.
      const block = /^(\||#|- |1\. |> |```)/.test(text) || text.includes("\n\n");
      const before = block && value.slice(0, start).trim() ? "\n\n".slice(/\n*$/.exec(value.slice(0, start))[0].length) : "";
      const after = block && value.slice(end).trim() ? "\n\n" : "";
      const whole = before + text + after;
      this.closest("form").querySelector("markdown-tools").put(start, end, whole, whole.length, whole.length);
    }

    source(data, words) {
      const plain = data.getData("text/plain").trim();
      const html = data.getData("text/html");
      const address = /^https?:\/\/\S+$/.test(plain);
      if (address) return words && !/\n|^https?:/.test(words) ? `[${words}](${plain})` : null;
      const body = html ? new DOMParser().parseFromString(html, "text/html").body : null;
      if (body?.querySelector(MEANS) || body?.querySelector("[id^=docs-internal-guid]")) return markdown().of(body);
      const rows = plain.split(/\r?\n/).map((line) => line.split("\t"));
      const even = rows.every((row) => row.length > 1 && row.length === rows[0].length);
      return rows.length > 1 && even ? markdown().table(rows) : null;
    }
  },
);
