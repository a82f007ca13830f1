// Any number of participants in one page, with nothing but the SDK. Driven from outside through `window.participants`.
const participants = new Map();

const SESSION_EVENTS = [
  "connectionCreated",
  "connectionDestroyed",
  "sessionDisconnected",
  "streamCreated",
  "streamDestroyed",
  "streamPropertyChanged",
  "signal",
  "signal:chat",
  "reconnecting",
  "reconnected",
  "exception",
];
const PUBLISHER_EVENTS = ["streamCreated", "streamDestroyed"];
const SUBSCRIBER_EVENTS = ["streamPlaying"];

// An event's properties as plain data: ids instead of the SDK's objects.
const plain = (event = {}) => {
  const { type, reason, name, message, changedProperty, oldValue, newValue, data, connection, stream, from } = event;
  return {
    ...{ type, reason, name, message, changedProperty, oldValue, newValue, data },
    connection: connection?.connectionId,
    stream: stream?.streamId,
    from: from?.connectionId,
  };
};

const record = (events, source, target, names) => {
  for (const event of names) target.on(event, (details) => events.push({ source, event, ...plain(details) }));
};

const play = (subscriber) => {
  const video = document.createElement("video");
  video.id = subscriber.stream.streamId;
  subscriber.addVideoElement(video);
  document.body.append(video);
  return video;
};

// Enters the session of `token`; sends camera and microphone if `publish`, receives everybody else if `subscribe`.
const join = async ({ token, metadata, publish: sends, subscribe }) => {
  const openvidu = new OpenVidu();
  openvidu.enableProdMode();
  const session = openvidu.initSession();
  const received = new Map();
  const events = [];
  record(events, "session", session, SESSION_EVENTS);
  session.on("streamCreated", ({ stream }) => {
    if (!subscribe) return;
    const subscriber = session.subscribe(stream, undefined);
    record(events, "subscriber", subscriber, SUBSCRIBER_EVENTS);
    received.set(stream.streamId, { subscriber, video: play(subscriber) });
  });
  session.on("streamDestroyed", ({ stream }) => {
    received.get(stream.streamId)?.video.remove();
    received.delete(stream.streamId);
  });
  await session.connect(token, metadata ?? undefined);
  const id = session.connection.connectionId;
  participants.set(id, { openvidu, session, received, events, publisher: undefined });
  if (sends) await publish(id);
  return id;
};

// Sends camera and microphone from now on.
const publish = async (id) => {
  const participant = participants.get(id);
  const { openvidu, session, events } = participant;
  participant.publisher = await openvidu.initPublisherAsync(undefined, { resolution: "320x240", frameRate: 15 });
  record(events, "publisher", participant.publisher, PUBLISHER_EVENTS);
  await session.publish(participant.publisher);
};

const leave = (id) => {
  participants.get(id).session.disconnect();
  participants.delete(id);
};

// How much of each stream has arrived at this participant.
const received = (id) =>
  Promise.all(
    [...participants.get(id).received].map(async ([streamId, { subscriber }]) => {
      const result = { streamId, framesDecoded: 0, audioPackets: 0, audioEnergy: 0 };
      let connection;
      try {
        connection = subscriber.stream.getRTCPeerConnection();
      } catch {
        return result;
      }
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "video") result.framesDecoded = report.framesDecoded ?? 0;
        if (report.kind !== "audio") continue;
        result.audioPackets = report.packetsReceived ?? 0;
        result.audioEnergy = report.totalAudioEnergy ?? 0;
      }
      return result;
    }),
  );

window.participants = { join, publish, leave, received, of: (id) => participants.get(id) };
