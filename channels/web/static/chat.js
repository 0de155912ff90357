// Makes the page live: sends without a reload, shows answers as they come, never sends twice.
"use strict";
(() => {
  const main = document.getElementById("main");
  const thread = document.getElementById("thread");
  const form = document.getElementById("say");
  const box = document.getElementById("text");
  const status = document.getElementById("status");
  const names = { person: "You", assistant: "Waymark", coordinator: "The team", system: "Waymark" };
  const holders = {
    waiting: "A person from the team has been asked to join.",
    coordinator: "You are talking with a person from the team.",
    assistant: "", nobody: "",
  };
  let conversation = main.dataset.conversation;
  let after = Number(main.dataset.after);
  let stream = null;
  const unsent = []; // {id, text, choice, item}: kept in memory only
  let sending = false;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // One way to reach a service: words, something to tap, and for numbers something to copy.
  const way = (words, href, text) => {
    const line = make("p", "", words + " ");
    const a = make("a", "way", text);
    a.href = href;
    line.append(a);
    if (/^https?:/.test(href)) {
      a.target = "_blank";
      a.rel = "noopener noreferrer";
      a.append(make("span", "hidden", " (opens in a new tab)"));
    } else if (/^(tel|sms):/.test(href) && navigator.clipboard) {
      const copy = make("button", "copy", "Copy");
      copy.type = "button";
      copy.setAttribute("aria-label", `Copy ${text}`);
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text);
        copy.textContent = "Copied";
      });
      line.append(copy);
    }
    return line;
  };

  const number = (said) => said.split(" (")[0].replaceAll(" ", "");
  const isSite = (address) => /^https?:\/\//.test(address || "");
  const host = (address) => new URL(address).hostname.replace(/^www\./, "");

  const card = (service) => {
    const item = make("li", "service");
    const beside = (service.beside || {}).phone;
    item.append(make("h2", "service-name", service.name));
    if (service.why) item.append(make("p", "", service.why));
    if (service.phone) item.append(way("Call", "tel:" + number(service.phone), service.phone));
    if (service.text) item.append(way("Text", "sms:" + number(service.text), service.text));
    if (service.email) item.append(way("Email", "mailto:" + service.email, service.email));
    if (isSite(service.webchat) && service.webchat !== service.url) {
      item.append(way("Chat on line at", service.webchat, host(service.webchat)));
    }
    if (isSite(service.url)) {
      const words = service.webchat === service.url ? "Chat on line or read more at" : "Website";
      item.append(way(words, service.url, host(service.url)));
    }
    if (beside) {
      const words = "We have no number for them that we are sure of. You can talk to Victim Support now:";
      item.append(way(words, "tel:" + number(beside), beside));
    }
    if (service.hours) item.append(make("p", "small", "Hours: " + service.hours));
    return item;
  };

  const ticks = (choices) => {
    const group = make("fieldset", "several");
    group.append(make("legend", "", "You can pick more than one"));
    choices.forEach((choice) => {
      const label = make("label", "tick");
      const input = make("input");
      input.type = "checkbox";
      input.value = choice.value;
      label.append(input, choice.title);
      group.append(label);
    });
    group.append(make("button", "choice", "Send these"));
    return group;
  };

  // A button of its own says what it says; "Send these" says what was ticked.
  const chosen = (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed.value) {
      say("", { value: pressed.value, title: pressed.textContent.trim() });
      return;
    }
    const ticked = [...event.target.querySelectorAll("input:checked")];
    if (!ticked.length) return;
    const field = ticked[0].value.split("=")[0];
    say("", {
      value: field + "=" + ticked.map((one) => one.value.split("=")[1]).join(","),
      title: ticked.map((one) => one.parentElement.textContent.trim()).join(", "),
    });
  };

  const show = (message) => {
    const item = make("li", "message from-" + message.from);
    item.append(make("span", "who", names[message.from]));
    if (message.language) item.lang = message.language;
    if (message.text) {
      const words = make("p", "words", message.text);
      words.dir = "auto";
      item.append(words);
    }
    if (message.services.length) {
      const list = make("ul", "services");
      message.services.forEach((service) => list.append(card(service)));
      item.append(list);
    }
    document.querySelectorAll(".choices").forEach((old) => old.remove());
    if (message.choices.length) {
      const row = make("form", "choices");
      const several = message.choices.filter((choice) => choice.several);
      if (several.length) row.append(ticks(several));
      message.choices.filter((choice) => !choice.several).forEach((choice) => {
        const button = make("button", "choice", choice.title);
        button.value = choice.value;
        row.append(button);
      });
      row.addEventListener("submit", chosen);
      item.append(row);
    }
    thread.append(item);
    item.scrollIntoView({ block: "nearest" });
    return item;
  };

  const received = (event) => {
    const message = JSON.parse(event.data);
    if (message.sequence <= after) return;
    after = message.sequence;
    if (message.from === "person") {
      if (thread.querySelector(`[data-id="${message.id}"]`)) return; // shown when it was sent
      show(message).dataset.id = message.id;
    } else {
      show(message);
    }
  };

  const listen = () => {
    if (stream || !conversation) return;
    stream = new EventSource(`/api/conversations/${conversation}/events?after=${after}`);
    document.dispatchEvent(new CustomEvent("talk", { detail: { stream, conversation } }));
    stream.addEventListener("message", received);
    stream.addEventListener("holder", (event) => {
      status.textContent = holders[JSON.parse(event.data).holder] || "";
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) {
        stream = null;
        setTimeout(listen, 3000);
      }
    });
  };

  const post = async (one) => {
    const body = new URLSearchParams({ id: one.id });
    if (one.choice) body.set("choice", one.choice.value);
    else body.set("text", one.text);
    return fetch("/say", { method: "POST", body, headers: { Accept: "application/json" } });
  };

  const refused = async (one, response) => {
    const told = await response.json().catch(() => ({ detail: "This was not sent." }));
    status.textContent = `${told.detail} In danger now? Call 999.`;
    one.item.remove();
    if (!box.value) box.value = one.text; // nothing that was written is lost
  };

  // One message after the other, in order; on a bad connection the words wait here.
  const sendAll = async () => {
    if (sending) return;
    sending = true;
    while (unsent.length) {
      const one = unsent[0];
      try {
        const response = await post(one);
        if (response.status >= 500) throw new Error("later");
        unsent.shift();
        if (response.ok) {
          one.item.classList.remove("not-sent");
          conversation = (await response.json()).conversation;
          if (status.dataset.waiting) { status.textContent = ""; delete status.dataset.waiting; }
          listen();
        } else {
          await refused(one, response);
        }
      } catch {
        status.textContent = "Not sent yet. I'll keep trying. In danger now? Call 999.";
        status.dataset.waiting = "yes";
        await new Promise((done) => setTimeout(done, 3000));
      }
    }
    sending = false;
  };

  const newId = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  const say = (text, choice) => {
    const id = newId();
    const item = show({ from: "person", text: choice ? choice.title : text, choices: [], services: [] });
    item.dataset.id = id;
    item.classList.add("not-sent");
    unsent.push({ id, text, choice, item });
    sendAll();
  };

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

  // Choices that the server rendered work without a reload too.
  document.querySelectorAll("form.choices").forEach((choices) => {
    choices.addEventListener("submit", chosen);
  });

  document.getElementById("leave").addEventListener("click", (event) => {
    event.preventDefault();
    thread.replaceChildren();
    box.value = "";
    window.location.replace("/leave");
  });

  listen();
})();
