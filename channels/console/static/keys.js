// Every action by keyboard. What can be reached says so itself (data-key, data-key-says), so that
// the list on "?" is always that of this page. Keys of one letter can be switched off (WCAG 2.1.4).
"use strict";
(() => {
  const OFF = "waymark-desk-keys-off";
  const isOff = () => localStorage.getItem(OFF) === "yes";
  const writes = (element) => element.matches("input, textarea, select, [contenteditable]");
  const all = () => [...document.querySelectorAll("[data-key]")];

  // What is folded away inside can't be reached yet: its own heading comes first then.
  const firstIn = (box) =>
    [...box.querySelectorAll("input:not([type=hidden]), textarea, select, a, details > summary")]
      .find((one) => one.parentElement !== box && one.getClientRects().length);

  const act = (element) => {
    if (element.matches("summary")) {
      const box = element.parentElement;
      box.open = !box.open;
      (box.open ? firstIn(box) || element : element).focus();
    } else if (element.matches("a, button")) {
      element.click();
    } else {
      element.focus();
    }
  };

  // One after the other: the queue's lines, or one's own conversations.
  const lines = () => [...document.querySelectorAll(".queue .open, .mine li a")];
  const step = (by) => {
    const found = lines();
    if (!found.length) return;
    const at = found.indexOf(document.activeElement);
    found[at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length].focus();
  };

  const line = (key, says) => {
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    term.append(kbd);
    words.textContent = says;
    return [term, words];
  };

  const list = () => {
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-heading");
    const heading = document.createElement("h2");
    heading.id = "keys-heading";
    heading.textContent = "Keys";
    const keys = document.createElement("dl");
    keys.append(...line("?", "This list"), ...line("Esc", "Out of a field, or out of this list"),
      ...line("↓ ↑", "Next or previous conversation in the list"));
    if (document.getElementById("words")) keys.append(...line("Enter", "Send (Shift and Enter: a new line)"));
    const said = new Map(all().map((one) => [one.dataset.key, one.dataset.keySays]));
    said.forEach((says, key) => keys.append(...line(key, says)));
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !isOff();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "no" : "yes"));
    label.append(box, "Use these keys");
    const close = document.createElement("button");
    close.className = "button second";
    close.textContent = "Close the list";
    close.addEventListener("click", () => dialog.close());
    dialog.append(heading, keys, label, close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  };

  document.addEventListener("keydown", (event) => {
    const from = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return; // it has keys of its own
    if (event.key === "Escape" && writes(from)) return void from.blur();
    if (writes(from)) return;
    if (event.key === "?") {
      event.preventDefault();
      return void list();
    }
    if (isOff()) return;
    const here = from.closest(".queue, .mine") || from === document.body;
    if (here && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      return void step(event.key === "ArrowDown" ? 1 : -1);
    }
    const asked = (one) => one.dataset.key === event.key.toLowerCase();
    const near = [...(from.closest(".item")?.querySelectorAll("[data-key]") ?? [])];
    const found = near.find(asked) || all().find(asked); // that of the line one is on comes first
    if (!found) return;
    event.preventDefault();
    act(found);
  });
})();
