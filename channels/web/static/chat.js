// Makes the page live: sends without a reload, shows answers as they come, tells how far each
// message has come. Without it the same page works with forms and reloads.
import "/static/chat/stay.js";
import "/static/chat/talk.js";
import { handOverOnLeaving } from "/static/chat/leave.js";
import { listener } from "/static/chat/listen.js";
import { sender } from "/static/chat/send.js";
import { chosenIn, mark, show, words } from "/static/chat/show.js";

const main = document.getElementById("main");
const thread = document.getElementById("thread");
const form = document.getElementById("say");
const box = document.getElementById("text");
const status = document.getElementById("status");
let after = Number(main.dataset.after);
let holder = "";
let progress = status.textContent;
let trouble = "";

// One line tells one thing: what is wrong first, then who answers, then how much is left.
const tell = () => {
  const line = trouble || words[holder] || progress;
  if (status.textContent === line) return;
  const before = form.offsetHeight;
  status.textContent = line;
  scrollBy(0, form.offsetHeight - before); // a longer line must not cover what is read
};

const understood = async () => {
  const response = await fetch("/understood").catch(() => null);
  if (!response?.ok) return;
  const found = await response.json();
  progress = found.progress;
  document.getElementById("understood").hidden = !found.lines.length;
  const lines = found.lines.flatMap(([heading, said]) => {
    const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
    dt.textContent = heading;
    dd.textContent = said;
    dd.dir = "auto";
    return [dt, dd];
  });
  document.getElementById("lines").replaceChildren(...lines);
  tell();
};

const readSoFar = () => thread.querySelectorAll('[data-sent="kept"]').forEach((item) => mark(item, "read"));

const got = (message) => {
  if (message.sequence <= after) return;
  after = message.sequence;
  if (message.from === "person") {
    if (!thread.querySelector(`[data-id="${CSS.escape(message.id)}"]`)) mark(show(message), "kept");
    return;
  }
  show(message);
  if (message.from !== "system") readSoFar();
  if (message.from === "assistant") understood();
};

const live = listener({
  after: () => after,
  got,
  held: (now) => { holder = now; tell(); },
  online: (well) => { if (well && trouble === words.offline) trouble = ""; tell(); },
});

const out = sender({
  framed: "framed" in main.dataset,
  kept: (one, body) => {
    mark(one.item, one.item.nextElementSibling ? "read" : "kept");
    trouble = "";
    tell();
    live.start(body.conversation);
  },
  waits: (one) => { mark(one.item, "waiting"); trouble = words.offline; tell(); },
  refused: (one, said) => {
    one.item.remove();
    if (!box.value) box.value = one.text || ""; // nothing that was written is lost
    trouble = `${said || words.notSent} ${words.in999}`;
    tell();
  },
});
handOverOnLeaving(out.unsent);

const say = (text, choice) => out.send({ text, choice }, (id) => {
  const item = show({ id, from: "person", text: choice ? choice.title : text, choices: [], services: [] });
  mark(item, "sending");
  return item;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  say(text);
  box.focus();
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// The button that had the focus is gone: it stays where it was.
const sayBeside = (text, choice) => {
  const mine = say(text, choice);
  mine.tabIndex = -1;
  mine.focus({ preventScroll: true });
};

// Choices that the server rendered work without a reload too.
thread.addEventListener("submit", (event) => {
  event.preventDefault();
  const place = event.target.querySelector("input[name=text]");
  if (place && !place.value.trim()) return;
  if (place) {
    sayBeside(place.value.trim());
    return;
  }
  const choice = chosenIn(event.target, event.submitter);
  if (!choice) return;
  sayBeside("", choice);
});

// A link may have named a topic; the address does not go on showing it.
if (location.search) history.replaceState(null, "", "/");
live.start(main.dataset.conversation);
if (main.dataset.conversation) thread.lastElementChild?.scrollIntoView({ block: "nearest" });
