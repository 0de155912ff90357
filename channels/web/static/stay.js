// Moves within this site take the place of the page before, so that the whole visit is one line
// in the tab's history, and leaving takes the place of that line.
import "/static/chat/leave.js";

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
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") location.replace(`${form.action}?${fields}`);
  else fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } }).then(shown, () => form.submit());
});
