// Keeps the page of one conversation up to date. What is new is added to the thread, what changed
// beside it is exchanged, and what somebody is writing is never touched.
"use strict";
(() => {
  const talk = document.getElementById("talk");
  const thread = document.getElementById("thread");
  const line = document.getElementById("typing");
  const api = `/api/console/conversations/${talk.dataset.conversation}`;
  let last = Number(talk.dataset.last);

  let pending = false; // something could not be exchanged yet

  const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
  const atEnd = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;

  // A part in which somebody writes or has opened something stays until they are done.
  const inUse = (part) => part.contains(document.activeElement) && part !== document.activeElement
    ? document.activeElement.matches("input, textarea, select") || part.querySelector("details[open]")
    : part.querySelector("details[open]");

  const exchange = (id, fresh) => {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (!now || old.innerHTML === now.innerHTML) return;
    if (inUse(old)) {
      pending = true;
      return;
    }
    const focus = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    old.replaceChildren(...now.childNodes);
    if (focus) old.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus();
  };

  // Who holds it changed: other things can be done now. Words that were begun are kept.
  const exchangeDeeds = (fresh) => {
    const [old, now] = [document.getElementById("deeds"), fresh.getElementById("deeds")];
    if (old.dataset.state === now.dataset.state) return;
    const begun = ["words", "note"].map((id) => [id, document.getElementById(id)?.value]);
    old.replaceWith(now);
    begun.forEach(([id, words]) => {
      const field = document.getElementById(id);
      if (field && words) field.value = words;
    });
    prepare();
  };

  const add = (fresh) => {
    const follow = atEnd();
    const known = new Set([...thread.children].map((one) => one.dataset.sequence));
    const found = [...fresh.querySelectorAll("#thread > .entry")].filter((one) => !known.has(one.dataset.sequence));
    document.getElementById("latest")?.removeAttribute("id");
    thread.append(...found);
    thread.lastElementChild?.setAttribute("id", "latest");
    if (found.length && follow) toEnd();
  };

  const update = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const now = fresh.getElementById("talk");
    if (!now) return;
    last = Number(now.dataset.last);
    add(fresh);
    ["head", "mine", "about"].forEach((id) => exchange(id, fresh));
    exchangeDeeds(fresh);
    document.title = fresh.title;
  };

  const signedOut = (response) => response.redirected && response.url.includes("/console/sign-in");

  // The session is over. Words that were being written stay: another tab can sign in again.
  const leave = () => {
    const words = [...document.querySelectorAll("form[data-quiet] textarea")];
    if (!words.some((one) => one.value.trim())) return void location.reload();
    line.textContent = "You are signed out. Your words are still here: sign in in another tab, then send them.";
  };

  const refresh = refreshing(async () => {
    const response = await fetch(`${location.pathname}?after=${last}`);
    if (signedOut(response)) leave();
    else if (response.status === 423) lock();
    else if (response.status === 404) location.assign("/console");
    else if (response.ok) update(await response.text());
  });

  // Idle: the page asks for the password. What was being written goes along and comes back.
  const lock = () => {
    const form = [...document.querySelectorAll("form[data-quiet]")]
      .find((one) => one.querySelector("textarea").value.trim());
    if (!form) return void location.reload();
    const away = document.createElement("form");
    [away.method, away.action] = ["post", "/console/lock"];
    const kept = JSON.stringify(Object.fromEntries(new FormData(form)));
    for (const [name, value] of [["kept_to", form.getAttribute("action")], ["kept", kept]]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      away.append(field);
    }
    document.body.append(away);
    away.submit();
  };

  const newId = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  // On a bad connection the same words go again under the same id: once in the thread, never twice.
  const post = async (form, body) => {
    for (;;) {
      try {
        const response = await fetch(form.action, { method: "POST", body });
        if (response.status < 500) return response;
      } catch { /* no network: try again */ }
      line.textContent = "Not sent yet. Trying again.";
      await new Promise((done) => setTimeout(done, 2000));
    }
  };

  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const words = form.querySelector("textarea");
    if (form.dataset.busy || !words.value.trim()) return;
    form.dataset.busy = "yes";
    words.readOnly = true;
    const response = await post(form, new URLSearchParams(new FormData(form)));
    words.readOnly = false;
    delete form.dataset.busy;
    line.textContent = "";
    if (response.status === 423) return void lock();
    if (signedOut(response)) return void leave();
    if (!response.ok || response.url.includes("refused=")) {
      line.textContent = "Not sent: somebody else holds it now, or it was refused. Your words are still here.";
      return void refresh();
    }
    words.value = "";
    form.querySelector("#chosen")?.replaceChildren();
    if (form.contains(document.activeElement)) words.focus(); // unless somebody went elsewhere
    const id = form.querySelector("input[name=id]");
    if (id) id.value = newId();
    refresh();
  };

  let typed = 0;
  const typing = (event) => {
    if (Date.now() - typed < 3000 || !event.target.value.trim()) return;
    typed = Date.now();
    fetch(`${api}/typing`, { method: "POST" }).catch(() => {});
  };

  const insert = (text) => {
    const words = document.getElementById("words");
    words.value = words.value.trim() ? `${words.value.trimEnd()} ${text}` : text;
    words.focus();
  };

  const choose = (id, name) => {
    const chosen = document.getElementById("chosen");
    if (chosen.children.length >= 3 || chosen.querySelector(`[value="${CSS.escape(id)}"]`)) return;
    const item = document.createElement("li");
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", "service", id];
    const out = document.createElement("button");
    [out.type, out.className, out.textContent] = ["button", "link", "Take out"];
    out.setAttribute("aria-label", `Take out ${name}`);
    out.addEventListener("click", () => item.remove());
    item.append(field, name, " ", out);
    chosen.append(item);
    document.getElementById("words").focus();
  };

  const find = async (event) => {
    event.preventDefault();
    const query = new URLSearchParams({ find: document.getElementById("find-words").value, after: last });
    const response = await fetch(`${location.pathname}?${query}`).catch(() => null);
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    document.getElementById("found").replaceChildren(...fresh.getElementById("found").childNodes);
  };

  const prepare = () => {
    document.querySelectorAll("form[data-quiet]").forEach((form) => {
      form.addEventListener("submit", send);
      form.querySelector("textarea").addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          form.requestSubmit();
        }
      });
    });
    document.getElementById("words")?.addEventListener("input", typing);
    document.getElementById("find")?.addEventListener("submit", find);
    document.getElementById("deeds").addEventListener("click", (event) => {
      const link = event.target.closest("[data-insert], [data-service]");
      if (!link) return;
      event.preventDefault();
      if (link.dataset.insert) insert(link.dataset.insert);
      else choose(link.dataset.service, link.dataset.name);
    });
  };

  // `read` and `delivered` beside one's own words, without asking for the page again.
  const marks = (around) => thread.querySelectorAll(".mark").forEach((mark) => {
    const sequence = Number(mark.closest(".entry").dataset.sequence);
    const word = sequence <= around.read ? "read" : sequence <= around.delivered ? "delivered" : "sent";
    if (mark.textContent !== word) mark.textContent = word;
  });

  const around = (event) => {
    const now = JSON.parse(event.data);
    marks(now);
    const verb = now.typing.length > 1 ? "are typing" : "is typing";
    line.textContent = now.typing.length ? `${now.typing.join(" and ")} ${verb}` : "";
    const beside = JSON.stringify([now.mine, now.looking]);
    if (beside !== around.before) refresh();
    around.before = beside;
  };

  prepare();
  toEnd();
  requestAnimationFrame(toEnd); // again, now that what came into sight has its real height
  const AGAIN = 3000; // milliseconds
  const listen = () => {
    const stream = new EventSource(`${api}/events`);
    stream.addEventListener("changed", (event) => {
      if (JSON.parse(event.data).sequence > last) refresh();
    });
    stream.addEventListener("around", around);
    stream.addEventListener("alarms", () => document.dispatchEvent(new CustomEvent("desk:alarms")));
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return; // the browser resumes by itself
      refresh(); // signed out, or locked; or refused while something is away
      setTimeout(listen, AGAIN);
    });
  };
  listen();
  const later = () => setTimeout(() => {
    if (!pending || busy) return;
    pending = false;
    refresh();
  }, 400);
  document.addEventListener("focusout", later);
  document.addEventListener("toggle", later, true);
  setInterval(refresh, 60000); // waiting times grow without anything happening
})();
