// What is really decoded and played in each tile, by the statistics of the peer connection that carries its tracks.
(() => {
  const statistics = async (receiver) => {
    for (const report of (await receiver.getStats()).values()) if (report.type === "inbound-rtp") return report;
    return {};
  };

  const receivers = () =>
    window.e2e.peerConnections
      .filter(({ signalingState }) => signalingState !== "closed")
      .flatMap((connection) => connection.getReceivers());

  const media = async (video, { place, streamId, nickname }) => {
    const result = {
      place,
      streamId,
      nickname,
      playing: !video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
      framesPresented: video.getVideoPlaybackQuality().totalVideoFrames,
      framesDecoded: null,
      audioEnergy: null,
    };
    const ids = new Set(video.srcObject?.getTracks().map(({ id }) => id));
    for (const receiver of receivers()) {
      if (!ids.has(receiver.track.id)) continue;
      const { kind, framesDecoded, totalAudioEnergy } = await statistics(receiver);
      if (kind === "video") result.framesDecoded = framesDecoded ?? 0;
      if (kind === "audio") result.audioEnergy = totalAudioEnergy ?? 0;
    }
    return result;
  };

  window.e2e.media = () =>
    Promise.all(
      [...document.querySelectorAll("#main-video .streamcomponent, #video-container .stream-container")].flatMap((element) => {
        const video = element.querySelector("video");
        if (!video) return [];
        const place = element.closest("#main-video") ? "main" : "tile";
        const nickname = element.querySelector("div > p")?.textContent.trim() ?? null;
        return [media(video, { place, streamId: element.dataset.streamId || null, nickname })];
      }),
    );
})();
