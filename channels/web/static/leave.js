// Leaving fast: the button, Shift three times, Escape twice. The page goes blank at once and the
// harmless site takes its place, so that nothing is left to go back to.
const exit = document.documentElement.dataset.exit;
const TIMES = { Shift: [3, 4000], Escape: [2, 2000] }; // how often, within how many milliseconds
const handing = [];
let gone = false;

/** Something a page hands over as it goes: a function that gives messages not yet kept. */
export const handOverOnLeaving = (unsent) => handing.push(unsent);

// In a frame the page around goes too: the launcher does it, or the browser lets us.
const leaveAround = () => {
  window.parent.postMessage("leave", "*"); // it holds no word
  try {
    window.top.location.replace(exit);
  } catch { /* only the frame goes */ }
};

/** Go, now. */
export const leave = () => {
  if (gone) return;
  gone = true;
  const unsent = handing.flatMap((give) => give());
  document.title = new URL(exit).hostname;
  document.body.textContent = "";
  const told = navigator.sendBeacon?.(
    "/left", new Blob([JSON.stringify({ unsent })], { type: "application/json" }),
  );
  if (window.top !== window) leaveAround();
  location.replace(told ? exit : "/leave");
};

let last = "";
let presses = [];
document.addEventListener("keydown", (event) => {
  const now = performance.now();
  if (event.repeat) return;
  if (event.key !== last) presses = [];
  last = event.key;
  const [times, within] = TIMES[event.key] || [];
  if (!times) return;
  presses = [...presses.filter((at) => now - at < within), now];
  if (presses.length >= times) {
    event.preventDefault();
    leave();
  }
}, true);

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("#leave")) return;
  event.preventDefault();
  leave();
}, true);

// A page that a browser kept alive and shows again is not trusted: it is asked for anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
