// Small helps on pages that work without it: print, copy a number.
"use strict";
(() => {
  const main = document.getElementById("main");
  const words = JSON.parse(main.dataset.words);
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
    main.append(button("govuk-button govuk-button--secondary button print", words.print, () => window.print()));
  }
  if (!navigator.clipboard) return;
  document.querySelectorAll('.way[href^="tel:"]').forEach((way) => {
    const copy = button("copy", words.copy, async (made) => {
      await navigator.clipboard.writeText(way.textContent);
      made.textContent = words.copied;
      made.setAttribute("aria-label", `${words.copied} ${way.textContent}`);
    });
    copy.setAttribute("aria-label", `${words.copy} ${way.textContent}`);
    way.after(copy);
  });
})();
