// Uploads what is picked, dropped or pasted beside a text, several at once, and puts it into the text when it
// is here. Each file is a <file-upload>, which knows how; this knows where it goes.
customElements.define(
  "attach-files",
  class extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input[type=file]");
      this.list = this.querySelector(".attach__list");
      this.form = this.closest("form");
      this.field = this.form.elements.body;
      this.querySelector(".attach__send").hidden = true;
      this.input.addEventListener("change", () => {
        this.add(this.input.files);
        this.input.value = "";
      });
      const sheet = this.closest(".composer");
      sheet.addEventListener("dragover", (event) => this.over(event, sheet));
      sheet.addEventListener("dragleave", () => sheet.classList.remove("composer--over"));
      sheet.addEventListener("drop", (event) => {
        sheet.classList.remove("composer--over");
        if (event.dataTransfer.files.length) event.preventDefault();
        this.add(event.dataTransfer.files);
      });
      this.field.addEventListener("paste", (event) => {
        const text = event.clipboardData.types.includes("text/plain");
        if (!event.clipboardData.files.length || text) return;
        event.preventDefault();
        this.add(event.clipboardData.files);
      });
      // First of all, so that nobody takes the text for sent.
      this.form.addEventListener("submit", (event) => this.hold(event), { capture: true });
      this.list.addEventListener("uploaded", (event) => this.insert(event.detail.source));
      this.list.addEventListener("described", (event) => this.replace(event.detail));
      this.list.addEventListener("given-up", (event) => this.replace({ from: event.detail.source, to: "" }));
    }

    over(event, sheet) {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      sheet.classList.add("composer--over");
    }

    add(files) {
      for (const file of files) {
        const item = document.createElement("li");
        const upload = document.createElement("file-upload");
        upload.file = file;
        upload.words = this.dataset;
        item.append(upload);
        this.list.append(item);
      }
    }

    // Sends the text when the files are in it.
    hold(event) {
      const busy = () => this.list.querySelector("file-upload[data-busy]");
      if (!busy() || event.submitter?.value === "preview") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const again = () => {
        if (busy()) return;
        this.list.removeEventListener("settled", again);
        this.form.requestSubmit(event.submitter);
      };
      this.list.addEventListener("settled", again);
    }

    insert(source) {
      const { value, selectionStart: caret } = this.field;
      // Behind the line that is being written, and behind what was put there before.
      let at = `${value}\n`.indexOf("\n", caret);
      at += /^(\n+!?\[.*\]\(\/files\/\d+\)(?=\n|$))*/.exec(value.slice(at))[0].length;
      const before = value.slice(0, at).trimEnd();
      const after = value.slice(at).trimStart();
      // Pictures that follow each other stand side by side.
      const beside = /(^|\n)!\[.*\]\(\/files\/\d+\)$/.test(before) && source.startsWith("!");
      const between = before && (beside ? "\n" : "\n\n");
      this.field.value = `${before}${between}${source}\n${after && "\n"}${after}`;
      const typing = document.activeElement === this.field;
      this.place(typing ? caret : before.length + between.length + source.length);
    }

    replace({ from, to }) {
      const at = this.field.value.indexOf(from);
      if (at < 0) return;
      const { selectionStart: start } = this.field;
      const by = start > at ? to.length - from.length : 0;
      const rest = this.field.value.slice(at + from.length);
      this.field.value = this.field.value.slice(0, at) + to + (to ? rest : rest.replace(/^\n+/, ""));
      this.place(Math.max(Math.min(at, start), start + by));
    }

    place(at) {
      this.field.setSelectionRange(at, at);
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  },
);
