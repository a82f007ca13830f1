// A signalling server inside the page: takes the place of WebSocket, speaks OpenVidu's JSON-RPC, and answers SDP offers with real
// peer connections. What it does and what it has seen is steered and read through the exported functions.

const settings = { reachable: true, openDelay: 0, hold: new Set(), refuse: new Map(), others: [] };
const sockets = [];
const requests = [];
const peers = [];
let attempts = 0;

class FakeWebSocket extends EventTarget {
  static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3;
  onopen = null; onclose = null; onerror = null; onmessage = null;

  constructor(url) {
    super();
    this.url = url;
    this.readyState = 0;
    this.held = [];
    attempts += 1;
    sockets.push(this);
    if (settings.openDelay !== null) setTimeout(() => this.settle(), settings.openDelay);
  }
  settle() {
    if (this.readyState !== 0) return;
    if (settings.reachable) {
      this.readyState = 1;
      this.fire("open");
    } else {
      this.readyState = 3;
      this.fire("error");
      this.fire("close");
    }
  }
  fire(type, fields = {}) {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
  dispatchEvent(event) {
    this["on" + event.type]?.(event);
    return super.dispatchEvent(event);
  }
  send(text) {
    if (this.readyState === 0) throw new DOMException("still connecting", "InvalidStateError");
    if (this.readyState !== 1) return;
    const request = JSON.parse(text);
    requests.push(request);
    if (settings.hold.has(request.method)) this.held.push(request);
    else void this.answer(request);
  }
  async answer({ id, method, params }) {
    const error = settings.refuse.get(method);
    if (error) return this.receive({ id, error, jsonrpc: "2.0" });
    const result = await (METHODS[method] ?? (() => ({})))(params);
    this.receive({ id, result, jsonrpc: "2.0" });
  }
  notify(method, params) { this.receive({ method, params, jsonrpc: "2.0" }); }
  receive(message) {
    if (this.readyState === 1) this.fire("message", { data: JSON.stringify(message) });
  }
  close() {
    if (this.readyState >= 2) return;
    const opened = this.readyState === 1;
    this.readyState = 2;
    setTimeout(() => {
      this.readyState = 3;
      if (!opened) this.fire("error");
      this.fire("close");
    });
  }
  /** As when the network fails. */
  drop() {
    this.readyState = 3;
    this.fire("close");
  }
}

async function answerTo(sdpOffer, tracks) {
  const peer = new RTCPeerConnection();
  peers.push(peer);
  for (const track of tracks) peer.addTrack(track);
  await peer.setRemoteDescription({ type: "offer", sdp: sdpOffer });
  await peer.setLocalDescription(await peer.createAnswer());
  return peer.localDescription.sdp;
}

const METHODS = {
  ping: () => ({ value: "pong" }),
  joinRoom: ({ metadata }) => ({
    id: "con_me", createdAt: 1, metadata, value: settings.others, session: "S", version: "2.32.2", role: "PUBLISHER",
    record: false, mediaServer: "kurento", videoSimulcast: false, finalUserId: "U", sessionId: "rpc1", coturnIp: "127.0.0.1",
    customIceServers: [{ url: "stun:127.0.0.1:9" }],
  }),
  publishVideo: async ({ sdpOffer }) => ({ sdpAnswer: await answerTo(sdpOffer, []), id: "str_me", createdAt: 2 }),
  reconnectStream: async ({ sdpString }) => ({ sdpAnswer: await answerTo(sdpString, []), id: "str_me", createdAt: 2 }),
  receiveVideoFrom: async ({ sdpOffer }) => {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    return { sdpAnswer: await answerTo(sdpOffer, media.getTracks()) };
  },
};

export const TOKEN = "wss://signalling.test:4443?sessionId=S&token=tok_secret";

/** A fresh server. Ends what is left of the one before. */
export function start() {
  for (const socket of sockets) socket.readyState = 3;
  for (const peer of peers) peer.close();
  for (const list of [sockets, requests, peers]) list.length = 0;
  Object.assign(settings, { reachable: true, openDelay: 0, hold: new Set(), refuse: new Map(), others: [] });
  attempts = 0;
  globalThis.WebSocket = FakeWebSocket;
}
export function isOurs() { return globalThis.WebSocket === FakeWebSocket; }
export function reachable(value) { settings.reachable = value; }
/** New sockets stay in CONNECTING. */
export function neverOpen() { settings.openDelay = null; }
export function openAttempts() { return attempts; }
/** A request of this method is not answered until it is released. */
export function hold(method) { settings.hold.add(method); }
export function release(method) {
  settings.hold.delete(method);
  for (const socket of sockets) for (const request of socket.held.splice(0)) void socket.answer(request);
}
export function refuse(method, code, message) { settings.refuse.set(method, { code, message }); }
/** Somebody who is there already, publishing. */
export function addOther(connectionId, streamId, metadata) {
  settings.others.push({
    id: connectionId, createdAt: 1, metadata,
    streams: [{
      id: streamId, createdAt: 1, hasAudio: true, hasVideo: true, audioActive: true, videoActive: true,
      typeOfVideo: "CAMERA", frameRate: 30, videoDimensions: '{"width":640,"height":480}', filter: {},
    }],
  });
}
export function notify(method, params) { sockets.at(-1).notify(method, JSON.parse(params)); }
export function dropSockets() { for (const socket of [...sockets]) if (socket.readyState < 2) socket.drop(); }
export function openSockets() { return sockets.filter((socket) => socket.readyState < 2).length; }
export function count(method) { return requests.filter((request) => request.method === method).length; }
/** The parameters of the last request of a method, as JSON, without the SDP. */
export function last(method) {
  const request = requests.filter((request) => request.method === method).at(-1);
  return request && JSON.stringify({ ...request.params, sdpOffer: undefined, sdpString: undefined });
}

const createOffer = RTCPeerConnection.prototype.createOffer;
let releaseHeldOffers = () => {};
/** The SDK gets no further than to its own offer. */
export function holdOffers() {
  const released = new Promise((resolve) => { releaseHeldOffers = resolve; });
  RTCPeerConnection.prototype.createOffer = async function (...args) {
    await released;
    return createOffer.apply(this, args);
  };
}
export function releaseOffers() {
  RTCPeerConnection.prototype.createOffer = createOffer;
  releaseHeldOffers();
}

const setTimeoutOfPage = globalThis.setTimeout;
/** Lets waits of a second and more pass a hundred times as fast. */
export function passQuickly() {
  globalThis.setTimeout = (f, ms, ...args) => setTimeoutOfPage(f, ms >= 1000 ? ms / 100 : ms, ...args);
}
export function passNormally() { globalThis.setTimeout = setTimeoutOfPage; }
