// Any number of participants in one page, with nothing but the SDK. Driven from outside through `window.participants`.
const participants = new Map();

const play = (subscriber) => {
  const video = document.createElement("video");
  video.id = subscriber.stream.streamId;
  subscriber.addVideoElement(video);
  document.body.append(video);
  return video;
};

// Enters the session of `token`; sends camera and microphone if `publish`, receives everybody else if `subscribe`.
const join = async ({ token, metadata, publish, subscribe }) => {
  const openvidu = new OpenVidu();
  openvidu.enableProdMode();
  const session = openvidu.initSession();
  const received = new Map();
  session.on("streamCreated", ({ stream }) => {
    if (!subscribe) return;
    const subscriber = session.subscribe(stream, undefined);
    received.set(stream.streamId, { subscriber, video: play(subscriber) });
  });
  session.on("streamDestroyed", ({ stream }) => {
    received.get(stream.streamId)?.video.remove();
    received.delete(stream.streamId);
  });
  await session.connect(token, metadata ?? undefined);
  if (publish) {
    const publisher = await openvidu.initPublisherAsync(undefined, { resolution: "320x240", frameRate: 15 });
    await session.publish(publisher);
  }
  const id = session.connection.connectionId;
  participants.set(id, { session, received });
  return id;
};

const leave = (id) => {
  participants.get(id).session.disconnect();
  participants.delete(id);
};

// How much of each stream has arrived at this participant.
const received = (id) =>
  Promise.all(
    [...participants.get(id).received].map(async ([streamId, { subscriber }]) => {
      const result = { streamId, framesDecoded: 0, audioEnergy: 0 };
      let connection;
      try {
        connection = subscriber.stream.getRTCPeerConnection();
      } catch {
        return result;
      }
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "video") result.framesDecoded = report.framesDecoded ?? 0;
        if (report.kind === "audio") result.audioEnergy = report.totalAudioEnergy ?? 0;
      }
      return result;
    }),
  );

window.participants = { join, leave, received };
