// The buttons above a text: each puts marks around the selection or takes them away again. One stop for the
// keyboard, with arrows between them; the same with Ctrl from within the text.
const AROUND = { bold: ["**", "**"], italic: ["_", "_"], link: ["[", "](https://)"] };
const BEFORE = { quote: "> ", list: "- ", numbers: "1. " };
const SHIFTED = ["quote", "list", "preview"];

customElements.define(
  "markdown-tools",
  class extends HTMLElement {
    connectedCallback() {
      this.field = this.closest("form").elements.body;
      this.buttons = [...this.querySelectorAll("button")];
      this.buttons.forEach((button, at) => {
        button.tabIndex = at ? -1 : 0;
        button.addEventListener("click", () => this.use(button.dataset.tool));
        button.addEventListener("focus", () => this.buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1)));
      });
      this.addEventListener("keydown", (event) => this.step(event));
      this.field.addEventListener("keydown", (event) => this.press(event));
    }

    step(event) {
      const at = this.buttons.indexOf(document.activeElement);
      const last = this.buttons.length - 1;
      const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const to = { [forward]: at + 1, Home: 0, End: last }[event.key] ?? (event.key.startsWith("Arrow") && /Left|Right/.test(event.key) ? at - 1 : null);
      if (to === null) return;
      event.preventDefault();
      this.buttons.at(to > last ? 0 : to).focus();
    }

    press(event) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const tool = this.buttons.find((button) => button.dataset.key && button.dataset.key === event.key.toLowerCase())?.dataset.tool;
      if (!tool || SHIFTED.includes(tool) !== event.shiftKey) return;
      event.preventDefault();
      this.use(tool);
    }

    use(tool) {
      if (tool === "preview") return this.closest("form").querySelector('button[value="preview"]').click();
      this.field.focus();
      const { value, selectionStart: start, selectionEnd: end } = this.field;
      if (BEFORE[tool]) return this.lines(tool, start, end);
      const block = tool === "code" && value.slice(start, end).includes("\n");
      const [open, close] = block ? ["```\n", "\n```"] : (AROUND[tool] ?? ["`", "`"]);
      const marked = value.slice(start - open.length, start) === open && value.slice(end, end + close.length) === close;
      if (marked) {
        this.put(start - open.length, end + close.length, value.slice(start, end), 0, end - start);
      } else {
        const words = value.slice(start, end);
        const whole = `${open}${words}${close}`;
        // Of a link the address comes next; of all else the words.
        const address = tool === "link" && words;
        const from = address ? open.length + words.length + 2 : open.length;
        this.put(start, end, whole, from, address ? whole.length - 1 : from + words.length);
      }
    }

    // Marks whole lines, or takes the mark away where all have it.
    lines(tool, start, end) {
      const { value } = this.field;
      const from = value.lastIndexOf("\n", start - 1) + 1;
      const to = value.indexOf("\n", end) < 0 ? value.length : value.indexOf("\n", end);
      const lines = value.slice(from, to).split("\n");
      const mark = { quote: /^> ?/, list: /^[-*] /, numbers: /^\d+\. / }[tool];
      const all = lines.every((line) => mark.test(line));
      const changed = lines.map((line, at) => {
        if (all) return line.replace(mark, "");
        return (tool === "numbers" ? `${at + 1}. ` : BEFORE[tool]) + line;
      });
      const text = changed.join("\n");
      this.put(from, to, text, lines.length > 1 ? 0 : text.length, text.length);
    }

    put(from, to, text, selectFrom, selectTo) {
      this.field.setSelectionRange(from, to);
      // As typing, so that it can be undone like typing.
      if (!document.execCommand("insertText", false, text) || this.field.value.slice(from, from + text.length) !== text) {
        this.field.setRangeText(text, from, to, "end");
        this.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      this.field.setSelectionRange(from + selectFrom, from + selectTo);
    }
  },
);
