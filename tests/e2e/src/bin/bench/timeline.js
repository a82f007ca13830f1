// Runs in every document before its own scripts, after the harness's instruments. Notes when what happened; the same for every
// page, without its help.
(() => {
  if (window.timeline) return;
  const now = () => performance.timeOrigin + performance.now();
  const timeline = (window.timeline = { pressable: null, appRuns: null, join: null, frames: [], marks: {}, wasmMemories: [] });
  // Each step counts from JOIN, and only the first time.
  const mark = (step) => {
    if (timeline.join !== null) timeline.marks[step] ??= now();
  };

  // A press takes effect when the form's fields have been filled in, its button isn't disabled, and somebody listens for it. The app
  // runs when the form is its own; a page that says nothing about that has no other.
  let listening = false;
  const isPressable = () => {
    const button = document.querySelector("#join form input[name=commit]");
    const [name, session] = ["#userName", "#sessionId"].map((field) => document.querySelector(field)?.value);
    return listening && button && !button.disabled && name && session;
  };
  const look = () => {
    if (!isPressable()) return;
    timeline.pressable ??= now();
    if (document.querySelector(".container").dataset.phase === "early") return;
    timeline.appRuns ??= now();
    observer.disconnect();
  };
  const lookEachFrame = () => {
    look();
    if (timeline.appRuns === null) requestAnimationFrame(lookEachFrame);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
  requestAnimationFrame(lookEachFrame);
  addEventListener("submit", () => (timeline.join ??= now()), { capture: true });
  const { addEventListener: nativeAdd } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function addEventListener(type, ...rest) {
    nativeAdd.call(this, type, ...rest);
    if (type !== "submit") return;
    listening = true;
    queueMicrotask(look);
  };

  // The first frame presented of each stream that an element is given.
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject");
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", {
    configurable: true,
    enumerable: true,
    get,
    set(stream) {
      set.call(this, stream);
      if (!stream || !this.requestVideoFrameCallback) return;
      this.requestVideoFrameCallback(() => {
        const [track] = this.srcObject?.getVideoTracks() ?? [];
        if (track) timeline.frames.push({ at: now(), track: track.id, local: window.e2e.tracks.has(track) });
      });
    },
  });

  // Steps on the way.
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (...args) {
    mark("camera asked for");
    const stream = await getUserMedia.apply(this, args);
    mark("camera open");
    return stream;
  };

  const InstrumentedSocket = window.WebSocket;
  window.WebSocket = class WebSocket extends InstrumentedSocket {
    #methods = new Map();

    constructor(...args) {
      super(...args);
      mark("socket asked for");
      nativeAdd.call(this, "open", () => mark("socket open"));
      nativeAdd.call(this, "message", ({ data }) => {
        const { id } = JSON.parse(data);
        const method = this.#methods.get(id);
        if (method) mark(`${method} answered`);
      });
    }

    send(data) {
      const { id, method } = JSON.parse(data);
      if (["joinRoom", "publishVideo", "receiveVideoFrom"].includes(method)) {
        this.#methods.set(id, method);
        mark(`${method} sent`);
      }
      super.send(data);
    }
  };

  const InstrumentedConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends InstrumentedConnection {
    constructor(...args) {
      super(...args);
      nativeAdd.call(this, "connectionstatechange", () => {
        if (this.connectionState !== "connected") return;
        mark(this.getSenders().some(({ track }) => track) ? "sending connected" : "receiving connected");
      });
    }
  };

  // Memory of WebAssembly, which the JavaScript heap doesn't count.
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const native = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await native.apply(WebAssembly, args);
      for (const value of Object.values((result.instance ?? result).exports)) {
        if (value instanceof WebAssembly.Memory) timeline.wasmMemories.push(value);
      }
      return result;
    };
  }

  const requests = () =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((entry) => ({
      path: new URL(entry.name).pathname,
      end: performance.timeOrigin + entry.responseEnd,
      bytes: entry.encodedBodySize,
    }));

  // Nobody presses what they don't see, and the form is the first that either page shows.
  const formUsable = () => {
    const [shown] = performance.getEntriesByName("first-contentful-paint");
    return shown && timeline.pressable && Math.max(timeline.pressable, performance.timeOrigin + shown.startTime);
  };

  window.timeline.read = () => ({
    navigation: performance.timeOrigin,
    formUsable: formUsable() ?? null,
    appRuns: timeline.appRuns,
    join: timeline.join,
    frames: timeline.frames,
    marks: timeline.marks,
    requests: requests(),
    wasmBytes: timeline.wasmMemories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  });
})();
