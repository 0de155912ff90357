// Small helps on pages that work without it: print, copy a number.
"use strict";
(() => {
  const button = (className, text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = text;
    made.addEventListener("click", () => press(made));
    return made;
  };
  const print = document.querySelector(".results, .ways, .pledge");
  if (print) {
    const main = document.getElementById("main");
    main.append(button("button print", "Print this page", () => window.print()));
  }
  if (!navigator.clipboard) return;
  document.querySelectorAll('.way[href^="tel:"]').forEach((way) => {
    const copy = button("copy", "Copy", async (made) => {
      await navigator.clipboard.writeText(way.textContent);
      made.textContent = "Copied";
    });
    copy.setAttribute("aria-label", `Copy ${way.textContent}`);
    way.after(copy);
  });
})();
