// Sends alerts to this browser (W3C Push API), after somebody asked for it by a button.
"use strict";
(() => {
  const place = document.getElementById("push");
  const button = document.getElementById("push-on");
  if (!place || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const say = (words) => { document.getElementById("push-state").textContent = words; };
  button.hidden = false;

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

  button.addEventListener("click", async () => {
    try {
      if (await Notification.requestPermission() !== "granted") return say("This browser does not allow it.");
      const worker = await navigator.serviceWorker.register("/console/worker.js", { scope: "/console/" });
      const asked = { userVisibleOnly: true, applicationServerKey: bytes(place.dataset.pushKey) };
      const device = (await worker.pushManager.subscribe(asked)).toJSON();
      device.is_duty = Boolean(document.getElementById("is-duty")?.checked);
      const response = await fetch("/api/console/devices", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(device),
      });
      if (!response.ok) return say("This did not work. Please try again.");
      location.reload();
    } catch { say("This did not work. Please try again."); }
  });
})();
