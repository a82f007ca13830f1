// The least that a page needs for a call: no framework, the SDK's own script, one step after the other as OpenVidu's tutorials
// take them. The benchmark's yardstick.
const find = (id) => document.getElementById(id);

const post = async (path, body) => {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};

const getToken = async (session) => {
  const id = await post("/api/sessions", { customSessionId: session });
  return post(`/api/sessions/${id}/connections`, {});
};

const addTile = (streamManager, nickname) => {
  const tile = document.createElement("div");
  tile.className = "stream-container";
  tile.innerHTML = '<div class="streamcomponent"><video autoplay playsinline></video><div><p></p></div></div>';
  tile.querySelector("p").textContent = nickname;
  find("video-container").append(tile);
  streamManager.addVideoElement(tile.querySelector("video"));
  return tile;
};

const join = async () => {
  const [name, sessionName] = [find("userName").value, find("sessionId").value];
  find("join").hidden = true;
  find("session").hidden = false;
  find("session-title").textContent = sessionName;

  const openvidu = new OpenVidu();
  openvidu.enableProdMode();
  const session = openvidu.initSession();
  const tiles = new Map();
  session.on("streamCreated", ({ stream }) => {
    const subscriber = session.subscribe(stream, undefined);
    tiles.set(stream.streamId, addTile(subscriber, JSON.parse(stream.connection.data).clientData));
  });
  session.on("streamDestroyed", ({ stream }) => tiles.get(stream.streamId)?.remove());
  find("buttonLeaveSession").addEventListener("click", () => session.disconnect());
  window.addEventListener("beforeunload", () => session.disconnect());

  const token = await getToken(sessionName);
  await session.connect(token, { clientData: name });
  const publisher = await openvidu.initPublisherAsync(undefined, { resolution: "640x480", frameRate: 30, mirror: false });
  session.publish(publisher);
  addTile(publisher, name);
};

find("userName").value = `Participant${Math.floor(Math.random() * 100)}`;
find("sessionId").value = "SessionA";
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  join();
});
