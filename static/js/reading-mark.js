// Notes how far the member has read, while they read.
customElements.define(
  "reading-mark",
  class extends HTMLElement {
    connectedCallback() {
      // Where replies do not stand in their order, as far as none was passed over.
      const whole = this.dataset.from !== undefined;
      this.read = Number(this.dataset.from ?? 0);
      this.sent = this.read;
      const met = new Set();
      const seen = new IntersectionObserver((entries) => {
        for (const entry of entries.filter((entry) => entry.isIntersecting)) {
          met.add(Number(entry.target.id.slice(1)));
        }
        if (!whole) this.read = Math.max(this.read, ...met);
        while (whole && met.has(this.read + 1)) this.read += 1;
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
      if (this.read <= this.sent) return;
      this.sent = this.read;
      const body = new URLSearchParams({ position: this.read });
      fetch(this.dataset.target, { method: "POST", body, keepalive: true, redirect: "manual" });
    }
  },
);
