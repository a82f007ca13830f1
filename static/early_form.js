// The form before the app is there.
//
// index.html shows the form at once, the app comes behind it. Until then this proposes names, remembers that JOIN was pressed, and
// says so if the app can't be loaded; then the app asks for all that and puts its own form in the same place. No text stands here:
// what is shown comes from index.html, which a test compares with what the app renders.
(() => {
  const form = document.querySelector("#join form");
  const { userName, sessionId, commit } = form.elements;
  const status = form.querySelector("[role=status]");
  const [joining, failure] = document.getElementById("early-form").content.children;
  const idle = commit.parentElement;

  // Proposals for whoever types nothing ------------------------------------------------------------------------------

  // The session in /SessionA or /#/SessionA, valid or not: the app says what is wrong with it.
  const session = (path) => /^\/+([^/]+)\/*$/.exec(path)?.[1];
  userName.value ||= `Participant${Math.floor(Math.random() * 100)}`;
  // The hash wins, as it is what the page itself may change.
  sessionId.value ||= session(location.hash.slice(1)) ?? session(location.pathname) ?? "SessionA";

  // JOIN -------------------------------------------------------------------------------------------------------------

  let pressed = false;
  // Which element has the focus, and what is selected in it.
  let focus;
  const look = () => {
    const element = document.activeElement;
    const { selectionStart, selectionEnd, selectionDirection } = element;
    focus = { index: [...form.elements].indexOf(element), selection: [selectionStart, selectionEnd, selectionDirection] };
  };

  const press = (isPressed) => {
    if (isPressed === pressed) return;
    pressed = isPressed;
    userName.disabled = sessionId.disabled = pressed;
    (pressed ? idle : joining).replaceWith(pressed ? joining : idle);
    status.textContent = pressed ? joining.querySelector("input").value : "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
    press(true);
  });
  joining.querySelector("button").addEventListener("click", () => {
    press(false);
    commit.focus();
  });

  // The app can't be loaded ------------------------------------------------------------------------------------------

  const fail = ({ target }) => {
    // A file that is missing counts if it is the app's script. What is not caught is the app's, as nothing else runs yet.
    if (target !== window && target.type !== "module") return;
    press(false);
    commit.disabled = true;
    form.before(failure);
  };
  failure.querySelector("button").addEventListener("click", () => location.reload());
  addEventListener("error", fail, true);
  addEventListener("unhandledrejection", fail);

  // The app is there -------------------------------------------------------------------------------------------------

  let composing = false;
  form.addEventListener("compositionstart", () => (composing = true));
  form.addEventListener("compositionend", () => (composing = false));

  // Resolves with what the app has to know, as soon as nobody composes a character or holds a key or button down. The app has to
  // render at once, and then to call `resume`.
  const handOver = async () => {
    removeEventListener("error", fail, true);
    removeEventListener("unhandledrejection", fail);
    while (composing || form.matches(":active")) await new Promise((resolve) => setTimeout(resolve, 20));
    if (!pressed) look();
    return { nickname: userName.value, session: sessionId.value, resume };
  };

  const resume = () => {
    const { elements } = document.querySelector("#join form");
    const element = elements[focus.index];
    element?.focus({ preventScroll: true });
    if (element?.type === "text") element.setSelectionRange(...focus.selection);
    if (pressed) elements.commit.click();
  };

  window.earlyForm = { handOver };
})();
