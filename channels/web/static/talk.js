// The live talk with a person of the team: who is writing, and what was read. No word of what is
// being written leaves the page before it is sent.
import { mark, words } from "/static/chat/show.js";

{
  const box = document.getElementById("text");
  const line = document.getElementById("typing");
  const thread = document.getElementById("thread");
  let conversation = "";
  let holder = "";
  let seen = 0;
  let told = 0;
  let last = 0;
  let upto = 0;
  const own = []; // {id, sequence} of what the person said

  const post = (what, body) => fetch(`/api/conversations/${conversation}/${what}`, {
    method: "POST",
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  }).catch(() => {}); // only a courtesy: nothing depends on it

  const together = (list) => (Intl.ListFormat
    ? new Intl.ListFormat(document.documentElement.lang).format(list)
    : list.join(", "));
  const names = (list) => list.length
    ? (list.length > 1 ? words.areTyping : words.isTyping).replace("{names}", together(list))
    : "";
  const tell = (said) => {
    line.textContent = said;
    line.parentElement.classList.toggle("typed", Boolean(said)); // in place of the line beside it
  };

  // What stands on a visible page was read.
  const read = () => {
    if (document.visibilityState !== "visible" || seen <= told || !conversation) return;
    told = seen;
    post("read", { upto: seen });
  };

  const note = (sequence) => {
    seen = Math.max(seen, sequence);
    read();
  };

  const showRead = () => {
    own.filter((message) => message.sequence <= upto).forEach((message) => {
      const item = thread.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
      if (item) mark(item, "read");
    });
  };

  document.addEventListener("talk", ({ detail }) => {
    conversation = detail.conversation;
    note(Number(document.getElementById("main").dataset.after));
    detail.stream.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.from === "person") own.push(message);
      else tell("");
      note(message.sequence);
    });
    detail.stream.addEventListener("holder", (event) => { holder = JSON.parse(event.data).holder; });
    detail.stream.addEventListener("typing", (event) => {
      tell(names(JSON.parse(event.data).names));
    });
    detail.stream.addEventListener("read", (event) => {
      upto = JSON.parse(event.data).upto;
      if (holder === "coordinator") showRead();
    });
  });

  document.addEventListener("visibilitychange", read);
  box.addEventListener("input", () => {
    if (holder !== "coordinator" || Date.now() - last < 3000 || !box.value.trim()) return;
    last = Date.now();
    post("typing");
  });
}
