// Clocks that tick, and a sound that the co-ordinator switches on. Browsers let a page sound only
// after somebody pressed something on it: until then the page says so.
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
  const may = () => audio && audio.state === "running";
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
  const show = () => {
    if (button) {
      button.hidden = false;
      button.textContent = wanted ? "Sound is on" : "Sound is off";
      button.setAttribute("aria-pressed", String(wanted));
    }
    if (state) state.textContent = wanted && !may() ? "Press any key or click once: the browser asks for it before a page may sound." : "";
  };
  button?.addEventListener("click", async () => {
    wanted = !wanted;
    try { localStorage.setItem(KEY, wanted ? "on" : "off"); } catch { /* not kept */ }
    await wake();
    if (wanted) beep(1);
    show();
  });
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, wake, { passive: true });

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
