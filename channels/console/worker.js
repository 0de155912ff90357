// The desk's service worker: shows alerts and opens the desk. It keeps nothing and answers nothing.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => {
  let words = { title: "The desk needs you", body: "" };
  try { words = event.data.json(); } catch { /* shown as it is */ }
  const options = { body: words.body, tag: "desk", renotify: true, requireInteraction: true };
  event.waitUntil(self.registration.showNotification(words.title, options));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const desk = open.find((one) => new URL(one.url).pathname.startsWith("/console"));
    return desk ? desk.focus() : self.clients.openWindow("/console");
  })());
});
