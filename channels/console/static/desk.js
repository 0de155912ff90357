// Keeps the queue up to date: when the server says that something changed, it is fetched again.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;

  const update = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    // Whoever is on a line by keyboard stays on it.
    const from = live.contains(document.activeElement) ? document.activeElement : null;
    const place = from?.getAttribute("href") || from?.form?.getAttribute("action");
    live.replaceChildren(...fresh.getElementById("live").childNodes);
    if (!place) return;
    const same = CSS.escape(place);
    live.querySelector(`a[href="${same}"], form[action="${same}"] button`)?.focus({ preventScroll: true });
  };

  const refresh = refreshing(async () => {
    const response = await fetch(location.pathname);
    const away = response.redirected && response.url.includes("/console/sign-in");
    if (away || response.status === 423) location.reload(); // signed out, or locked
    else if (response.ok) update(await response.text());
  });

  const AGAIN = 3000; // milliseconds
  const listen = () => {
    const stream = new EventSource(live.dataset.events);
    // Also at the first: something may have happened between this page and its stream.
    stream.addEventListener(live.dataset.on, (event) => {
      document.dispatchEvent(new CustomEvent("desk:queue", { detail: event.data }));
      refresh();
    });
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return; // the browser resumes by itself
      refresh(); // signed out, or locked; or refused while something is away
      setTimeout(listen, AGAIN);
    });
  };
  listen();
  setInterval(refresh, 60000); // waiting times grow without anything happening
})();
