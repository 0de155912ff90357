// One line puts this on any site (docs/embedding.md). It adds a button in a shadow DOM of its own,
// loads nothing until somebody presses it, keeps nothing and sets no cookie on the site.
(() => {
  const script = document.currentScript;
  const { label = "Talk to us", open = "tab", about = "", near = "", exit = "https://www.bbc.co.uk/weather" } = script.dataset;
  const ours = new URL(script.src).origin;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  // What the site says of its own elements, or of the size of letters, must neither hide nor move it.
  const styles = `
    :host { all: initial !important; position: fixed !important; bottom: 1em !important; right: 1em !important; z-index: 2147483000 !important; font: medium/1.5 system-ui, Arial, sans-serif !important; }
    button { font: inherit; font-weight: 700; min-height: 3em; padding: .5em 1em; border: 2px solid #fff; background: #1d4f6b; color: #fff; cursor: pointer; }
    button:focus-visible { outline: 3px solid #ffdd00; box-shadow: 0 0 0 6px #0b0c0c; }
    section { position: fixed; top: 0; bottom: 0; right: 0; width: min(26em, 100vw); display: flex; flex-direction: column; background: #fff; box-shadow: 0 0 1em #0006; }
    section[hidden] { display: none; }
    section button { border: 0; background: #f3f5f6; color: #0b0c0c; }
    iframe { flex: 1; border: 0; width: 100%; }
    @media print { :host { display: none !important; } }
  `;
  const make = (tag, text, values) => Object.assign(document.createElement(tag), { textContent: text }, values);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch { // a browser of before 2023
    root.append(make("style", styles));
  }

  const address = (inFrame) => {
    const wished = { ...(inFrame && { in: "frame" }), ...(about && { about }), ...(near && { near }) };
    return `${ours}/?${new URLSearchParams(wished)}`;
  };
  const leave = () => {
    document.title = new URL(exit).hostname;
    document.body.textContent = "";
    location.replace(exit);
  };

  let panel = null;
  const hide = () => { panel.hidden = true; button.hidden = false; button.focus(); };
  const framed = () => {
    if (!panel) {
      panel = make("section", "", {});
      panel.setAttribute("aria-label", label);
      panel.append(make("button", "Hide", { type: "button", onclick: hide }));
      panel.append(make("iframe", "", { src: address(true), title: label, referrerPolicy: "no-referrer" }));
      root.append(panel);
    }
    panel.hidden = false;
    button.hidden = true;
    panel.querySelector("iframe").focus();
  };
  const button = make("button", label + (open === "tab" ? " (opens in a new tab)" : ""), {
    type: "button",
    onclick: () => (open === "frame" ? framed() : window.open(address(false), "_blank", "noopener,noreferrer")),
  });
  root.append(button);

  // The exit inside the frame takes the whole page along.
  window.addEventListener("message", (event) => {
    if (event.origin === ours && event.data === "leave" && panel) leave();
  });
  // The keys work too while the chat is open and the page around it has the focus.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (!panel || panel.hidden || event.repeat) return;
    const now = performance.now();
    presses = presses.filter(([key, at]) => key === event.key && now - at < 4000);
    presses.push([event.key, now]);
    if (presses.length >= ({ Shift: 3, Escape: 2 }[event.key] || Infinity)) leave();
  }, true);

  const start = () => document.body.append(host);
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);
})();
