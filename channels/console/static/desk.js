// Keeps the desk up to date: when the server says that something changed, the live part is
// fetched again. Words that are being written are never touched.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;

  const update = async (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    // Whoever is on a line by keyboard stays on it.
    const from = live.contains(document.activeElement) ? document.activeElement : null;
    const place = from?.getAttribute("href") || from?.form?.getAttribute("action");
    live.replaceChildren(...fresh.getElementById("live").childNodes);
    if (place) {
      const same = CSS.escape(place);
      live.querySelector(`a[href="${same}"], form[action="${same}"] button`)?.focus({ preventScroll: true });
    }
    const [old, now] = [document.getElementById("deeds"), fresh.getElementById("deeds")];
    if (old && now && old.dataset.mine !== now.dataset.mine) old.replaceWith(now);
    quietForms();
    const thread = live.querySelector(".thread");
    if (thread) thread.scrollTop = thread.scrollHeight;
  };

  let again = false;
  let busy = false;
  const refresh = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      try {
        const response = await fetch(location.pathname);
        if (response.redirected && response.url.endsWith("/sign-in")) location.reload();
        else if (response.status === 423) lock();
        else if (response.ok) await update(await response.text());
      } catch { /* the stream reconnects and asks again */ }
    }
    busy = false;
  };

  // Idle: the page asks for the password. What was being written goes along and comes back.
  const lock = () => {
    const form = [...document.querySelectorAll("form[data-quiet]")]
      .find((one) => one.querySelector("textarea").value.trim());
    if (!form) return void location.reload();
    const away = document.createElement("form");
    away.method = "post";
    away.action = "/console/lock";
    const fields = Object.fromEntries(new FormData(form));
    for (const [name, value] of [["kept_to", form.getAttribute("action")], ["kept", JSON.stringify(fields)]]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      away.append(field);
    }
    document.body.append(away);
    away.submit();
  };

  const sent = new WeakSet();
  const quietForms = () => document.querySelectorAll("form[data-quiet]").forEach((form) => {
    if (sent.has(form)) return;
    sent.add(form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const words = form.querySelector("textarea");
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!response.ok) return void form.submit();
      if (response.url.includes("refused=")) return void location.assign(response.url);
      words.value = "";
      words.focus();
      const id = form.querySelector("input[name=id]");
      if (id) id.value = newId();
      refresh();
    });
    form.querySelector("textarea").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  });

  const newId = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  quietForms();
  const thread = live.querySelector(".thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
  const stream = new EventSource(live.dataset.events);
  // Also at the first: something may have happened between this page and its stream.
  stream.addEventListener(live.dataset.on, (event) => {
    document.dispatchEvent(new CustomEvent("desk:queue", { detail: event.data }));
    refresh();
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) refresh(); // signed out, or locked
  });
  setInterval(refresh, 60000); // waiting times grow without anything happening
})();
