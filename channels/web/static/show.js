// How messages look: the same as templates/message.html, made as they come.
const main = document.getElementById("main");
const thread = document.getElementById("thread");
export const words = JSON.parse(main.dataset.words);

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

// One way to reach a service: words, something to tap, and for numbers something to copy.
const way = (said, href, text) => {
  const line = make("p", "", said + " ");
  const a = make("a", "way govuk-link", text);
  a.href = href;
  line.append(a);
  if (/^https?:/.test(href)) {
    a.target = "_blank";
    a.rel = "noopener noreferrer";
    a.append(make("span", "govuk-visually-hidden", " " + words.newTab));
  } else if (/^(tel|sms):/.test(href) && navigator.clipboard) {
    line.append(copyButton(text));
  }
  return line;
};

const copyButton = (text) => {
  const copy = make("button", "copy", words.copy);
  copy.type = "button";
  copy.setAttribute("aria-label", `${words.copy} ${text}`);
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = words.copied;
  });
  return copy;
};

const number = (said) => said.split(" (")[0].replace(/ /g, "");
const isSite = (address) => /^https?:\/\//.test(address || "");
const host = (address) => new URL(address).hostname.replace(/^www\./, "");

const ways = (service) => {
  const found = [];
  const beside = (service.beside || {}).phone;
  if (service.phone) found.push(way(words.call, "tel:" + number(service.phone), service.phone));
  if (service.text) found.push(way(words.text, "sms:" + number(service.text), service.text));
  if (service.email) found.push(way(words.email, "mailto:" + service.email, service.email));
  if (isSite(service.webchat) && service.webchat !== service.url) {
    found.push(way(words.chat, service.webchat, host(service.webchat)));
  }
  if (isSite(service.url)) {
    const said = service.webchat === service.url ? words.chatOrRead : words.website;
    found.push(way(said, service.url, host(service.url)));
  }
  if (beside) found.push(way(words.beside, "tel:" + number(beside), beside));
  return found;
};

// What the directory and Waymark say is English: marked so on a page in another language.
const inEnglish = (element) => {
  if (words.english) Object.assign(element, { lang: words.english, dir: "ltr" });
  return element;
};

const card = (service) => {
  const item = make("li", "service");
  item.append(inEnglish(make("h2", "service-name", service.name)));
  if (service.why) item.append(inEnglish(make("p", "", service.why)));
  item.append(...ways(service));
  if (service.hours) {
    const hours = make("p", "small", words.hours + " ");
    hours.append(inEnglish(make("span", "", service.hours)));
    item.append(hours);
  }
  return item;
};

const ticks = (several, sequence) => {
  const group = make("fieldset", "govuk-fieldset several");
  const legend = make("legend", "govuk-fieldset__legend", words.several);
  const send = make("button", "govuk-button choice", words.sendThese);
  legend.lang = send.lang = document.documentElement.lang;
  group.append(legend);
  several.forEach((choice, at) => {
    const item = make("div", "govuk-checkboxes__item");
    const input = make("input", "govuk-checkboxes__input");
    const label = make("label", "govuk-label govuk-checkboxes__label", choice.title);
    Object.assign(input, { type: "checkbox", value: choice.value, id: `choice-${sequence}-${at}` });
    label.htmlFor = input.id;
    item.append(input, label);
    group.append(item);
  });
  group.append(send);
  return group;
};

const choices = (message, language) => {
  const row = make("form", "choices");
  row.dir = "auto";
  if (language) row.lang = language;
  const several = message.choices.filter((choice) => choice.several);
  if (several.length) row.append(ticks(several, message.sequence));
  message.choices.filter((choice) => !choice.several).forEach((choice) => {
    const button = make("button", "govuk-button govuk-button--secondary choice", choice.title);
    button.value = choice.value;
    row.append(button);
  });
  return row;
};

// A box with suggestions beside the free words: all names come at once, so that nobody is told
// what is typed.
const field = (message) => {
  const row = make("form", "choices field");
  const label = inEnglish(make("label", "govuk-label", message.field.title));
  const input = make("input", "govuk-input");
  const list = make("datalist", "");
  list.id = `suggested-${message.sequence}`;
  input.id = `field-${message.sequence}`;
  label.htmlFor = input.id;
  Object.assign(input, { name: "text", maxLength: 100, dir: "auto", autocomplete: "off", spellcheck: false });
  input.setAttribute("list", list.id);
  input.setAttribute("autocorrect", "off");
  row.append(label, input, list, make("button", "govuk-button govuk-button--secondary choice", words.sendPlace));
  fetch("/towns").then((answer) => answer.json()).then((names) => list.append(
    ...names.map((name) => Object.assign(document.createElement("option"), { value: name })),
  )).catch(() => {}); // it only helps
  return row;
};

const nearTheEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 200;

// Answers that come together are read from the first one on: it stays in sight, whatever follows.
const TOGETHER = 3000;
let first = null;
let since = 0;
const toRead = (item) => {
  const now = performance.now();
  if (!first?.isConnected || now - since > TOGETHER) [first, since] = [item, now];
  return first;
};
const intoSight = (item, top) => {
  item.scrollIntoView({ block: "nearest" });
  const edge = document.querySelector(".top").getBoundingClientRect().bottom + 8;
  scrollBy(0, Math.min(0, top.getBoundingClientRect().top - edge));
};

/** Put a message at the end of the thread. Choices before it go once the person has answered. */
export const show = (message) => {
  const follow = message.from === "person" || nearTheEnd();
  const item = make("li", "message from-" + message.from);
  const who = make("span", "who", words.names[message.from]);
  who.append(make("span", "govuk-visually-hidden", ":"));
  item.append(who);
  const language = message.language || (message.from === "person" ? "" : words.english);
  if (message.text) {
    const said = make("p", "words", message.text);
    said.dir = "auto";
    if (language) said.lang = language;
    item.append(said);
  }
  if (message.services.length) {
    const list = make("ul", "services");
    list.append(...message.services.map(card));
    item.append(list);
  }
  if (message.from === "person") document.querySelectorAll(".choices").forEach((old) => old.remove());
  if (message.field) item.append(field(message));
  if (message.choices.length) item.append(choices(message, language));
  if (message.id) item.dataset.id = message.id;
  thread.append(item);
  if (message.from === "person") first = null;
  const top = message.from === "person" ? item : toRead(item);
  if (follow) intoSight(item, top);
  return item;
};

/** What was ticked or pressed in a form of choices, as one value with its words; else null. */
export const chosenIn = (form, pressed) => {
  if (pressed?.value) return { value: pressed.value, title: pressed.textContent.trim() };
  const ticked = [...form.querySelectorAll("input:checked")];
  if (!ticked.length) return null;
  const field = ticked[0].value.split("=")[0];
  return {
    value: field + "=" + ticked.map((one) => one.value.split("=")[1]).join(","),
    title: ticked.map((one) => one.labels[0].textContent.trim()).join(", "),
  };
};

/** How far a message of the person has come: sending, kept, read. */
export const mark = (item, state) => {
  let line = item.querySelector(".sent");
  if (!line) {
    line = make("span", "sent");
    line.setAttribute("aria-live", "off");
    item.append(line);
  }
  line.textContent = words.sent[state];
  item.dataset.sent = state;
  item.classList.toggle("not-sent", state === "waiting");
};
