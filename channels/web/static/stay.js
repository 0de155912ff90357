// Moves within this site take the place of the page before, so that the whole visit is one line
// in the tab's history, and leaving takes the place of that line.
import "/static/chat/leave.js";

// Browsers of before 2022 don't say which button sent a form.
let clicked = null;
document.addEventListener("click", (event) => { clicked = event.target.closest?.("button"); }, true);

/** The button that sent a form, if any. */
export const pressed = (event) => event.submitter || (clicked?.form === event.target ? clicked : null);

const fieldsOf = (event) => {
  const fields = new URLSearchParams(new FormData(event.target));
  const button = pressed(event);
  if (button?.name) fields.append(button.name, button.value);
  return fields;
};

const ours = (address) => new URL(address, location.href).origin === location.origin;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || link.target) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !ours(link.href)) return;
  event.preventDefault();
  location.replace(link.href);
});

const shown = async (response) => {
  if (response.redirected) {
    location.replace(response.url);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.getElementById("main").replaceWith(page.getElementById("main"));
  document.getElementById("main").focus();
  scrollTo(0, 0);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "native" in form.dataset || !ours(form.action)) return;
  event.preventDefault();
  const fields = fieldsOf(event);
  if (form.matches(".languages") && !document.body.matches(".help")) {
    import("/static/chat/language.js").then(({ asideIn }) => asideIn(fields)).catch(() => {});
    return;
  }
  if (form.method === "get") location.replace(`${form.action}?${fields}`);
  else fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } }).then(shown, () => form.submit());
});
