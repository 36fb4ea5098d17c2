// A picture that was just uploaded, and a field for what is to be seen: for those who cannot see it.
customElements.define(
  "picture-words",
  class extends HTMLElement {
    connectedCallback() {
      const { url, name, source } = this.attachment;
      this.source = source;
      const picture = Object.assign(new Image(), { src: `${url}/small`, alt: "", className: "upload__picture" });
      const field = document.createElement("input");
      Object.assign(field, { className: "input", maxLength: 300, placeholder: this.words.altHelp });
      field.ariaLabel = `${this.words.alt}: ${name}`;
      field.addEventListener("input", () => this.describe(field.value));
      // It would send the text; whoever has described the picture goes on writing.
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.closest("form").elements.body.focus();
      });
      this.append(picture, field);
    }

    describe(words) {
      const from = this.source;
      this.source = `![${words.replace(/[\\[\]]/g, "\\$&")}](${this.attachment.url})`;
      this.dispatchEvent(new CustomEvent("described", { bubbles: true, detail: { from, to: this.source } }));
    }
  },
);
