// What a person sees on the application client's page, read through its DOM contract.
(() => {
  const text = (element) => element?.textContent.trim() ?? null;

  const video = (element) =>
    element && {
      id: element.id,
      muted: element.muted || element.volume === 0,
      paused: element.paused,
      tracks: element.srcObject?.getTracks().map(({ id, kind, readyState }) => ({ id, kind, readyState })) ?? [],
    };

  const tile = (element) => ({
    streamId: element.dataset.streamId || null,
    own: element.dataset.own === "true",
    nickname: text(element.querySelector(".streamcomponent > div > p")),
    trouble: text(element.querySelector(".trouble")),
    video: video(element.querySelector(".streamcomponent > video")),
  });

  const duplicates = (values) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];

  window.e2e.view = () => {
    const find = (selector) => document.querySelector(selector);
    const notice = find("#notice");
    const devices = find("#device-notice");
    const main = find("#main-video .streamcomponent");
    const session = find("#sessionId");
    return {
      phase: find(".container")?.dataset.phase ?? null,
      join: find("#join") !== null,
      session: find("#session") !== null,
      userName: find("#userName")?.value ?? null,
      sessionId: session?.value ?? null,
      sessionInvalid: session?.getAttribute("aria-invalid") === "true",
      sessionError: text(find("#sessionId-error")),
      title: text(find("#session-title")),
      notice: notice && { code: notice.dataset.notice, role: notice.getAttribute("role"), text: text(notice) },
      connectionStatus: text(find("#connection-status[role=status]")),
      devices: devices && { camera: devices.dataset.camera, microphone: devices.dataset.microphone, text: text(devices) },
      publishNotice: text(find("#publish-notice")),
      main: main && tile(main.parentElement),
      tiles: [...document.querySelectorAll("#video-container .stream-container")].map(tile),
      duplicateIds: duplicates([...document.querySelectorAll("[id]")].map(({ id }) => id)),
    };
  };
})();
