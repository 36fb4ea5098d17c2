// Notes how far the member has read, while they read.
customElements.define(
  "reading-mark",
  class extends HTMLElement {
    connectedCallback() {
      this.read = 0;
      const seen = new IntersectionObserver((entries) => {
        for (const entry of entries.filter((entry) => entry.isIntersecting)) {
          this.read = Math.max(this.read, Number(entry.target.id.slice(1)));
        }
      });
      for (const post of document.querySelectorAll("main [id^=p]")) {
        if (/^p\d+$/.test(post.id)) seen.observe(post);
      }
      this.leave = () => document.visibilityState === "hidden" && this.send();
      document.addEventListener("visibilitychange", this.leave);
      this.timer = setInterval(() => this.send(), 3000);
    }

    disconnectedCallback() {
      document.removeEventListener("visibilitychange", this.leave);
      clearInterval(this.timer);
    }

    send() {
      if (this.read <= (this.sent ?? 0)) return;
      this.sent = this.read;
      const body = new URLSearchParams({ position: this.read });
      fetch(this.dataset.target, { method: "POST", body, keepalive: true, redirect: "manual" });
    }
  },
);
