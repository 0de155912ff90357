// Makes the page live: sends without a reload, shows answers as they come, tells how far each
// message has come. Without it the same page works with forms and reloads.
import "/static/chat/talk.js";
import { handOverOnLeaving } from "/static/chat/leave.js";
import { listener } from "/static/chat/listen.js";
import { sender } from "/static/chat/send.js";
import { chosenIn, mark, show, words } from "/static/chat/show.js";
import { pressed } from "/static/chat/stay.js";

const main = document.getElementById("main");
const thread = document.getElementById("thread");
const form = document.getElementById("say");
const box = document.getElementById("text");
const status = document.getElementById("status");
const below = document.getElementById("below");
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
  if (below.hidden) scrollBy(0, form.offsetHeight - before); // it must not cover what is read
};

const understood = async () => {
  const response = await fetch("/understood").catch(() => null);
  if (response && !response.ok) progress = ""; // nothing was said yet
  if (!response?.ok) { tell(); return; }
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
  const list = document.getElementById("lines");
  list.textContent = "";
  list.append(...lines);
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

// On a phone the keyboard goes once words are sent: it covers the answer.
const onPhone = matchMedia("(hover: none) and (pointer: coarse)").matches;
const afterSending = onPhone ? form.querySelector("[type=submit]") : box;

const sayWritten = (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  say(text);
  afterSending.focus();
};

// Another language keeps what is being written. If it can't be had now, the page stays as it is.
const inLanguage = async (event, button) => {
  event.preventDefault();
  const { chatIn } = await import("/static/chat/language.js");
  const fields = new URLSearchParams({ lang: button.value });
  if ("framed" in main.dataset) fields.set("framed", "1");
  after = Math.max(after, await chatIn(fields, words, mark));
  await understood();
};
form.addEventListener("submit", (event) => {
  const button = pressed(event);
  if (button?.name === "lang") inLanguage(event, button).catch(() => {});
  else sayWritten(event);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sayWritten(event);
});

// The button that had the focus is gone: it stays where it was.
const focusOn = (item) => {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
};
const sayBeside = (text, choice) => focusOn(say(text, choice));

// Choices that the server rendered work without a reload too.
thread.addEventListener("submit", (event) => {
  event.preventDefault();
  const place = event.target.querySelector("input[name=text]");
  if (place && !place.value.trim()) return;
  if (place) {
    sayBeside(place.value.trim());
    return;
  }
  const choice = chosenIn(event.target, pressed(event));
  if (!choice) return;
  sayBeside("", choice);
});

// What is not in sight is named, and one press away.
const bottomOfSight = () => Math.min(form.getBoundingClientRect().top, innerHeight);
const lookBelow = () => {
  const seen = thread.getBoundingClientRect().bottom <= bottomOfSight() + 24;
  below.hidden = seen || !thread.querySelector(".from-person"); // nobody has said anything yet
};
below.addEventListener("click", (event) => {
  event.preventDefault();
  const top = document.querySelector(".top").getBoundingClientRect().bottom;
  scrollBy(0, (bottomOfSight() - top) * 0.8);
  focusOn(thread.lastElementChild); // this link goes at the end
});
addEventListener("scroll", lookBelow, { passive: true });
addEventListener("resize", lookBelow);
new MutationObserver(lookBelow).observe(thread, { childList: true, subtree: true });

// A link may have named a topic; the address does not go on showing it.
if (location.search) history.replaceState(null, "", "/");
live.start(main.dataset.conversation);
if (main.dataset.conversation) thread.lastElementChild?.scrollIntoView({ block: "nearest" });
lookBelow();
