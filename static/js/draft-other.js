// Two versions of one text, of which one is in the form: shows the other instead, and the first again, until
// somebody says which one to keep.
customElements.define(
  "draft-other",
  class extends HTMLElement {
    connectedCallback() {
      // Whichever is kept goes on from what the server has.
      this.version = this.other.version ?? this.draft.version;
      const words = Object.assign(document.createElement("p"), { textContent: this.words.elsewhere });
      this.setAttribute("role", "alert");
      this.append(words, this.button(this.words.other, () => this.change()), this.button(this.words.keep, () => this.choose()));
    }

    button(textContent, deed) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--small", textContent });
      button.addEventListener("click", deed);
      return button;
    }

    change() {
      const first = this.draft.text();
      this.draft.fill(this.other);
      this.other = first;
      this.draft.form.elements.body.focus();
    }

    choose() {
      this.draft.form.elements.draft.value = this.version;
      this.remove();
      this.draft.changed();
      this.draft.form.elements.body.focus();
    }
  },
);
