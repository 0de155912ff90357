// What is new comes as server-sent events that resume where they broke off. Where a proxy holds
// the stream back, or it breaks again and again, the page asks for what is new instead.
const FIRST_SIGN = 8000; // milliseconds in which the stream must have said who answers
const AGAIN = 3000;
const TRIES = 3;
const LASTS = 20000; // a stream that broke sooner does not count as one that works

/** Listen to a conversation. `after()` tells the last sequence seen; `got` and `held` take what comes. */
export const listener = ({ after, got, held, online }) => {
  let conversation = "";
  let stream = null;
  let asking = false;
  let broken = 0;
  let opened = 0;

  const ask = async () => {
    asking = true;
    while (asking) {
      try {
        const path = `/api/conversations/${conversation}/messages?wait=20&after=${after()}`;
        const response = await fetch(path);
        if (response.status === 401 || response.status === 404) { asking = false; return; }
        if (!response.ok) throw new Error("later");
        const found = await response.json();
        online(true);
        found.messages.forEach(got);
        held(found.holder);
      } catch {
        online(false);
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
  };

  const giveUpStream = () => {
    stream?.close();
    stream = null;
    if (!asking) ask();
  };

  const open = () => {
    stream = new EventSource(`/api/conversations/${conversation}/events?after=${after()}`);
    document.dispatchEvent(new CustomEvent("talk", { detail: { stream, conversation } }));
    const patience = setTimeout(giveUpStream, FIRST_SIGN);
    stream.addEventListener("message", (event) => got(JSON.parse(event.data)));
    stream.addEventListener("holder", (event) => {
      clearTimeout(patience);
      if (!opened) opened = Date.now();
      online(true);
      held(JSON.parse(event.data).holder);
    });
    stream.addEventListener("error", () => {
      clearTimeout(patience);
      online(false);
      broken = opened && Date.now() - opened > LASTS ? 1 : broken + 1;
      opened = 0;
      if (broken >= TRIES) { giveUpStream(); return; }
      if (stream.readyState !== EventSource.CLOSED) return; // the browser resumes by itself
      stream = null;
      setTimeout(open, AGAIN);
    });
  };

  return {
    /** Start, once there is a conversation. */
    start: (id) => {
      if (!id || conversation) return;
      conversation = id;
      open();
    },
  };
};
