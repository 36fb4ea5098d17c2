// <color-preview> around a field for a color: the page is drawn in it while it is chosen. The stylesheet of a
// color lies beside this script, named for it. With a picker beside the field, for those who have no number.
class ColorPreview extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const picker = Object.assign(document.createElement("input"), { type: "color", tabIndex: -1, value: field.value });
    picker.setAttribute("aria-hidden", "true");
    const script = document.querySelector('script[type="module"]').src;
    const style = document.head.appendChild(Object.assign(document.createElement("link"), { rel: "stylesheet" }));
    const show = () => {
      const color = field.value.trim().toLowerCase();
      if (!/^#[0-9a-f]{6}$/.test(color)) return;
      picker.value = color;
      style.href = new URL(`brand-${color.slice(1)}.css`, script).href;
    };
    field.addEventListener("input", show);
    picker.addEventListener("input", () => {
      field.value = picker.value;
      show();
    });
    this.append(picker);
  }
}

customElements.define("color-preview", ColorPreview);
