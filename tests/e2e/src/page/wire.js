// What goes over the page's websockets, message by message. Runs after the instruments, in pages of tests that look at the protocol.
(() => {
  if (!window.e2e || window.e2e.wire) return;
  const wire = [];
  window.e2e.wire = () => wire;

  const Socket = window.WebSocket;
  window.WebSocket = class WebSocket extends Socket {
    #record = { url: "", messages: [], closedBy: null };

    constructor(...args) {
      super(...args);
      this.#record.url = this.url;
      wire.push(this.#record);
      this.addEventListener("message", ({ data }) => this.#note("server", data));
      this.addEventListener("close", ({ code }) => (this.#record.closedBy ??= { end: "server", code }));
    }

    send(data) {
      // Throws as long as the socket isn't open.
      super.send(data);
      this.#note("client", data);
    }

    close(code, ...rest) {
      this.#record.closedBy ??= { end: "client", code: code ?? null };
      super.close(code, ...rest);
    }

    #note(from, data) {
      this.#record.messages.push({ from, body: JSON.parse(data) });
    }
  };
})();
