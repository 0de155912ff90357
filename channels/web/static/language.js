// Another language for the fixed parts, in place: what is being written stays in its box, goes
// nowhere and is kept nowhere. Loaded only when somebody chooses one.
const root = document.documentElement;

const pageIn = async (fields) => {
  const answer = await fetch("/language", { method: "POST", body: fields, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.getElementById("main")) throw new Error("later");
  root.lang = page.documentElement.lang;
  root.dir = page.documentElement.dir;
  document.title = page.title;
  return page;
};

const others = (element, kept) => [...element.children].filter((one) => !kept.includes(one.id) && !one.matches(".log"));

// Child by child: both come from the same template.
const takeOver = (mine, theirs, kept) => {
  const now = others(theirs, kept);
  others(mine, kept).forEach((old, at) => {
    if (!now[at]) return;
    if (old.open) now[at].open = true;
    old.replaceWith(now[at]);
  });
};

const fieldsOf = (element) => [...element.querySelectorAll("input[id], textarea[id], select[id]")];

const carry = (fields) => fields.forEach((old) => {
  const now = document.getElementById(old.id);
  if (!now || now === old) return;
  now.value = old.value;
  now.checked = old.checked;
});

const again = () => document.querySelector(".language")?.focus({ preventScroll: true });

/** A page beside the chat, in another language. */
export const asideIn = async (fields) => {
  const page = await pageIn(fields);
  const written = fieldsOf(document.body);
  takeOver(document.body, page.body, []);
  carry(written);
  again();
};

/** The chat in another language; gives the last sequence that stands on it. */
export const chatIn = async (fields, words, mark) => {
  const page = await pageIn(fields);
  const [main, now] = [document.getElementById("main"), page.getElementById("main")];
  const written = fieldsOf(main);
  Object.assign(words, JSON.parse(now.dataset.words));
  takeOver(document.body, page.body, ["main"]);
  takeOver(main, now, ["say"]);
  carry(written);
  for (const part of ["label", "[type=submit]", "#below"]) {
    main.querySelector(`#say ${part}`).textContent = now.querySelector(`#say ${part}`).textContent;
  }
  thread(main.querySelector(".log"), now.querySelector(".log"), words, mark);
  again();
  return Number(now.dataset.after);
};

// Nothing in it is new: it is not read aloud again. What has not arrived stays at its end.
const thread = (log, now, words, mark) => {
  log.setAttribute("aria-live", "off");
  log.setAttribute("aria-label", now.getAttribute("aria-label"));
  const list = log.querySelector("#thread");
  const waiting = [...list.querySelectorAll('[data-sent="sending"], [data-sent="waiting"]')];
  list.textContent = "";
  list.append(...now.querySelector("#thread").children, ...waiting);
  waiting.forEach((item) => {
    item.querySelector(".who").firstChild.textContent = words.names.person;
    mark(item, item.dataset.sent);
  });
  if (waiting.length) list.querySelectorAll(".choices").forEach((old) => old.remove());
  setTimeout(() => log.setAttribute("aria-live", "polite"), 1000);
};
