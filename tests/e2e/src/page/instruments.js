// Runs in every document before the page's own scripts. Records what the page opens, so that a test can ask what became of
// it, and lets things fail on purpose. `initialFaults` and `hiddenCamera` are put in front by the harness.
(() => {
  if (window.e2e) return;

  const peerConnections = [];
  const tracks = new Set();
  const sockets = [];
  const mediaRequests = [];
  const heldMediaRequests = [];
  let faults = initialFaults;

  // Media ------------------------------------------------------------------------------------------------------------

  const record = (stream) => {
    for (const track of stream.getTracks()) tracks.add(track);
    return stream;
  };

  const nativeGetUserMedia = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function getUserMedia(constraints) {
    mediaRequests.push(JSON.parse(JSON.stringify(constraints ?? {})));
    if (faults.holdMedia) await new Promise((answer) => heldMediaRequests.push(answer));
    const asksFor = ({ deviceId }, device) => (deviceId?.exact ?? deviceId?.ideal ?? deviceId) === device;
    const fault = faults.media.find(
      ({ kind, except }) => constraints?.[kind] && !(except && asksFor(constraints[kind], except)),
    );
    if (fault) throw new DOMException(`${fault.kind} fails on purpose`, fault.name);
    return record(await nativeGetUserMedia.call(this, constraints));
  };

  const nativeEnumerateDevices = MediaDevices.prototype.enumerateDevices;
  MediaDevices.prototype.enumerateDevices = async function enumerateDevices() {
    const devices = await nativeEnumerateDevices.call(this);
    const hidden = devices.filter(({ kind }) => kind === "videoinput")[hiddenCamera];
    return devices.filter((device) => device !== hidden);
  };

  const nativeCloneTrack = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function clone() {
    const copy = nativeCloneTrack.call(this);
    if (tracks.has(this)) tracks.add(copy);
    return copy;
  };

  const nativeCloneStream = MediaStream.prototype.clone;
  MediaStream.prototype.clone = function clone() {
    const local = this.getTracks().some((track) => tracks.has(track));
    const copy = nativeCloneStream.call(this);
    return local ? record(copy) : copy;
  };

  // Connections ------------------------------------------------------------------------------------------------------

  const negotiationFault = (connection) => {
    const sends = connection.getTransceivers().some(({ sender }) => sender.track);
    const { side, outcome } = faults.negotiation ?? {};
    return side === (sends ? "publish" : "subscribe") ? outcome : undefined;
  };

  const NativePeerConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends NativePeerConnection {
    constructor(...args) {
      super(...args);
      peerConnections.push(this);
    }

    setRemoteDescription(...args) {
      switch (negotiationFault(this)) {
        case "reject":
          return Promise.reject(new DOMException("negotiation fails on purpose", "OperationError"));
        case "hang":
          return new Promise(() => {});
        default:
          return super.setRemoteDescription(...args);
      }
    }
  };

  const NativeWebSocket = window.WebSocket;
  window.WebSocket = class WebSocket extends NativeWebSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  };

  // For the tests ----------------------------------------------------------------------------------------------------

  window.e2e = {
    peerConnections,
    tracks,
    setFaults: (next) => (faults = next),
    answerMediaRequests: () => {
      faults.holdMedia = false;
      for (const answer of heldMediaRequests.splice(0)) answer();
    },
    heldMediaRequests: () => heldMediaRequests.length,
    mediaRequests: () => mediaRequests,
    liveTracks: () =>
      [...tracks]
        .filter(({ readyState }) => readyState !== "ended")
        .map((track) => ({
          kind: track.kind,
          label: track.label,
          device: track.getSettings().deviceId,
          enabled: track.enabled,
        })),
    recordedTracks: () => tracks.size,
    openSockets: () => sockets.filter(({ readyState }) => readyState !== NativeWebSocket.CLOSED).length,
    recordedSockets: () => sockets.length,
    openPeerConnections: () => peerConnections.filter(({ signalingState }) => signalingState !== "closed").length,
  };
})();
