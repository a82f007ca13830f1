// A stand-in for the SDK: no network and no media, but the dispatcher logic of the real one, and ways to count and to provoke.

// As wolfy87-eventemitter: calls a copy of its list.
class Emitter {
  constructor() { this.events = new Map(); }
  on(type, listener) { this.events.set(type, [...(this.events.get(type) ?? []), listener]); }
  off(type, listener) { this.events.set(type, (this.events.get(type) ?? []).filter((other) => other !== listener)); }
  emitEvent(type, args) { for (const listener of [...(this.events.get(type) ?? [])]) listener(...args); }
  count() { return [...this.events.values()].reduce((sum, listeners) => sum + listeners.length, 0); }
}

// One wrapper for each handler, whatever the event.
class EventDispatcher {
  constructor() { this.ee = new Emitter(); this.wrappers = new WeakMap(); }
  on(type, handler) {
    const wrapper = (event) => { handler(event); };
    this.wrappers.set(handler, wrapper);
    this.ee.on(type, wrapper);
    return this;
  }
  off(type, handler) {
    if (handler === undefined) throw new Error("off without a handler removes everybody's");
    const wrapper = this.wrappers.get(handler);
    if (wrapper) this.ee.off(type, wrapper);
    this.wrappers.delete(handler);
    return this;
  }
  emitEvent(type, args) { this.ee.emitEvent(type, args); }
}

class Session extends EventDispatcher {
  constructor(openvidu) { super(); this.openvidu = openvidu; this.log = []; }
  connect(token, metadata) {
    this.log.push(["connect", token, metadata]);
    this.sessionId = "S";
    this.connection = { connectionId: "con_me", role: "PUBLISHER", data: metadata };
    this.capabilities = { subscribe: true, publish: true, forceUnpublish: false, forceDisconnect: false };
    this.ee.emitEvent("connectionCreated", [{ type: "connectionCreated", connection: this.connection, reason: "" }]);
    return Promise.resolve();
  }
  disconnect() {
    this.log.push(["disconnect"]);
    this.ee.emitEvent("sessionDisconnected", [{ type: "sessionDisconnected", reason: "disconnect" }]);
  }
  signal(options) {
    this.log.push(["signal", options]);
    return this.answer ? this.answer() : Promise.resolve();
  }
}

class Stream {
  constructor() { this.ee = new Emitter(); }
  getMediaStream() { return undefined; }
  getRTCPeerConnection() { return this.webRtcPeer.pc; }
}

class Publisher extends EventDispatcher {
  constructor() { super(); this.stream = new Stream(); this.stream.streamManager = this; }
  on(type, handler) {
    super.on(type, handler);
    if (type === "streamCreated") {
      if (this.stream.published) this.emitCreated();
      else this.stream.ee.on("published", () => this.emitCreated());
    }
    if (type === "accessAllowed") this.emitEvent("accessAllowed", []);
    return this;
  }
  emitCreated() { this.emitEvent("streamCreated", [{ type: "streamCreated", stream: this.stream, reason: "" }]); }
  publishNow(id) {
    this.stream.streamId = id;
    this.stream.published = true;
    this.stream.ee.emitEvent("published", []);
  }
}

class OpenVidu {
  constructor() { this.libraryVersion = "0.0.0-fake"; }
  initSession() { this.session = new Session(this); return this.session; }
  initPublisherAsync(target, properties) {
    this.properties = properties;
    return this.answer ? this.answer() : Promise.resolve(new Publisher());
  }
  getDevices() {
    return Promise.resolve([
      { kind: "audioinput", deviceId: "mic", label: "Mic" },
      { kind: "videoinput", deviceId: "cam", label: "" },
      { kind: "audiooutput", deviceId: "ear", label: "Ear" },
      null,
    ]);
  }
  enableProdMode() {}
  closeWs() {}
}

export function install() { globalThis.OpenViduBrowser = { OpenVidu }; }
export function uninstall() { delete globalThis.OpenViduBrowser; }
export function listeners(dispatcher) { return dispatcher.ee.count(); }
export function emit(dispatcher, type, ...args) { dispatcher.emitEvent(type, args); }
export function publishNow(publisher, id) { publisher.publishNow(id); }
export function logOf(session) { return JSON.stringify(session.log); }
export function rejectWith(target, value) { target.answer = () => Promise.reject(value); }
export function neverAnswer(target) { target.answer = () => new Promise(() => {}); }
export function throwWith(target, value) { target.answer = () => { throw value; }; }

/** A remote stream with its connection, as the SDK hands it out. */
export function remoteStream(streamId, connectionId, data) {
  const stream = new Stream();
  const connection = { connectionId, data, stream };
  return Object.assign(stream, {
    streamId, connection, hasAudio: true, hasVideo: true, audioActive: true, videoActive: false,
    typeOfVideo: "CAMERA", videoDimensions: { width: 640, height: 480 },
  });
}

/** What the SDK rejects with: an object of a class that is no Error. */
export function openViduError(name, message) {
  class OpenViduError { constructor() { this.name = name; this.message = message; } }
  return new OpenViduError();
}

const setTimeoutOfPage = globalThis.setTimeout;
/** Lets long waits pass a hundred times as fast. */
export function hurry() { globalThis.setTimeout = (f, ms, ...args) => setTimeoutOfPage(f, ms >= 1000 ? ms / 100 : ms, ...args); }
export function takeYourTime() { globalThis.setTimeout = setTimeoutOfPage; }
