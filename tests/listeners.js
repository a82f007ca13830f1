// Counts the listeners on window and document, so that a test can tell what was left behind.
const live = new Map();

for (const target of [window, document]) {
  const key = (type, listener, options) => `${type}|${typeof options === "boolean" ? options : Boolean(options?.capture)}`;
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = function (type, listener, options) {
    const known = live.get(listener) ?? new Set();
    live.set(listener, known.add(key(type, listener, options)));
    return addEventListener.call(target, type, listener, options);
  };
  target.removeEventListener = function (type, listener, options) {
    live.get(listener)?.delete(key(type, listener, options));
    return removeEventListener.call(target, type, listener, options);
  };
}

export function liveListeners() {
  let count = 0;
  for (const types of live.values()) count += types.size;
  return count;
}
