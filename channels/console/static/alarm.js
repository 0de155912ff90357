// Clocks that tick, and a sound that the co-ordinator switches on. Browsers let a page sound only
// after a click or a key on it (Shift or Escape are not enough): until then the button says so.
"use strict";
(() => {
  // --- clocks: the server says how many seconds were left when the page was made ---
  const seen = new WeakMap();
  const words = (seconds) => {
    const past = seconds < 0;
    const rest = Math.abs(seconds);
    const time = rest < 3600
      ? `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`
      : `${Math.floor(rest / 3600)} h ${Math.floor((rest % 3600) / 60)} min`;
    return past ? `${time} over` : `${time} left`;
  };
  const tick = () => document.querySelectorAll("[data-left]").forEach((clock) => {
    if (!seen.has(clock)) seen.set(clock, Date.now() + Number(clock.dataset.left) * 1000);
    const left = Math.floor((seen.get(clock) - Date.now()) / 1000);
    clock.textContent = words(left);
    if (left < 0) clock.dataset.clock = "run_out";
    else if (left < Number(clock.dataset.warn)) clock.dataset.clock = "warning";
  });
  setInterval(tick, 1000);
  tick();

  // --- sound ---
  const KEY = "desk-sound";
  const button = document.getElementById("sound");
  const state = document.getElementById("sound-state");
  let wanted = false;
  try { wanted = localStorage.getItem(KEY) === "on"; } catch { /* not kept */ }
  let audio;
  let woken = -Infinity; // when a press was the one that the browser had waited for
  const may = () => audio?.state === "running";
  const wake = async () => {
    if (!wanted) return;
    if (!audio) {
      audio = new AudioContext();
      audio.addEventListener("statechange", () => show()); // also when it takes its time
    }
    // Waits for ever where the browser wants a press first.
    await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 200))]);
    show();
  };
  const SAYS = {
    off: "Sound is off: switch on",
    on: "Sound is on: switch off",
    waits: "Sound is not on yet: click here or press Enter",
  };
  const show = () => {
    if (!button) return;
    const now = !wanted ? "off" : may() ? "on" : "waits";
    button.hidden = false;
    button.dataset.state = now;
    button.textContent = SAYS[now];
    state.textContent = now === "waits" ? "No alarm is heard yet. The browser asks for a click or Enter on this page first." : "";
  };
  button?.addEventListener("click", async () => {
    // The press of this very click may have woken it already: that is no wish to switch it off.
    const waited = wanted && (!may() || performance.now() - woken < 1000);
    if (!waited) wanted = !wanted;
    try { localStorage.setItem(KEY, wanted ? "on" : "off"); } catch { /* not kept */ }
    await wake();
    if (wanted) beep(1);
    show();
  });
  const pressed = () => {
    if (wanted && !may()) woken = performance.now();
    wake();
  };
  for (const press of ["pointerdown", "pointerup", "keydown"]) document.addEventListener(press, pressed, { passive: true, capture: true });

  const beep = (times, pitch = 660) => {
    if (!wanted || !may()) return;
    for (let one = 0; one < times; one += 1) {
      const [tone, loud] = [audio.createOscillator(), audio.createGain()];
      const at = audio.currentTime + one * 0.3;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.2, at);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
      tone.connect(loud).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.25);
      document.documentElement.dataset.sounded = String(Number(document.documentElement.dataset.sounded || 0) + 1);
    }
  };

  const AGAIN = 3000; // milliseconds
  let before = null;
  let called = 0;
  const heard = (now) => {
    const more = (clock) => before !== null && now[clock] > before[clock];
    if (now.run_out) { // until somebody acknowledges
      if (Date.now() - called >= AGAIN - 100) {
        called = Date.now();
        beep(3, 880);
      }
    } else if (more("running") || more("warning")) beep(2);
    before = now;
    document.title = document.title.replace(/^\(\d+\) /, "");
    const ringing = now.running + now.warning + now.run_out;
    if (ringing) document.title = `(${ringing}) ${document.title}`;
  };
  const listen = async () => {
    try {
      const response = await fetch("/api/console/alarms");
      if (response.ok) heard(await response.json());
    } catch { /* the server is away: the page's own stream says so */ }
  };
  show();
  wake();
  listen();
  setInterval(listen, AGAIN);
  // Nor is an alarm elsewhere waited for on the page of a conversation.
  document.addEventListener("desk:alarms", listen);
  // The queue's own stream knows first, and says all there is to count.
  document.addEventListener("desk:queue", (event) => {
    const now = { running: 0, warning: 0, run_out: 0 };
    JSON.parse(event.detail).queue.forEach((one) => { if (one.alarm) now[one.alarm.clock] += 1; });
    heard(now);
  });
})();
