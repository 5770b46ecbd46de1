// What every page needs beyond plain HTML. No inline script, nothing evaluated: the CSP stays strict.
import { askFirst } from "./js/confirm.js";
import { countSelected, tickAll, tickHalfDays } from "./js/ticks.js";

const guards = new WeakMap();

// A second submit of the same form is dropped. The button stays enabled, so its name and value are sent.
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (guards.has(form)) return event.preventDefault();
  const button = event.submitter ?? form.querySelector("[type=submit]");
  button?.setAttribute("aria-busy", "true");
  // A download leaves the page standing: let it be asked for again after a while.
  guards.set(form, setTimeout(() => release(form), 15000));
}

function release(form) {
  clearTimeout(guards.get(form));
  guards.delete(form);
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.key === "Escape" || (event.type === "click" && !menu.contains(event.target))) {
      if (event.key && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
}

function sayFileName(input) {
  const place = document.querySelector(`[data-file-name="${CSS.escape(input.id)}"]`);
  if (place) place.textContent = [...input.files].map((file) => `${file.name}(${Math.ceil(file.size / 1024)} KB)`).join("、");
}

function sayFailed(event) {
  const answer = event.detail.xhr;
  const words = answer?.getResponseHeader("Content-Type")?.startsWith("text/plain") ? answer.responseText : "";
  const place = document.getElementById("messages");
  const line = document.createElement("p");
  line.className = "note note-red";
  line.textContent = words || place.dataset.failed;
  place.replaceChildren(line);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", askFirst, true);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", closeMenus);
document.addEventListener("click", tickHalfDays);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
document.addEventListener("change", (event) => {
  if (event.target.type === "file") sayFileName(event.target);
  if (event.target.matches("[data-select-all]")) tickAll(event.target);
  else if (event.target.type === "checkbox") countSelected(event.target);
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});
for (const name of ["htmx:beforeRequest", "htmx:afterRequest"]) {
  document.addEventListener(name, (event) => {
    const button = event.detail.requestConfig?.triggeringEvent?.submitter ?? event.detail.elt;
    if (button.matches("button, .btn")) button.toggleAttribute("aria-busy", name.endsWith("beforeRequest"));
    if (button.hasAttribute("aria-busy")) button.setAttribute("aria-busy", "true");
  });
}
document.addEventListener("htmx:responseError", sayFailed);
document.addEventListener("htmx:sendError", sayFailed);

document.querySelectorAll("[data-select-all]").forEach(countSelected);
document.querySelector("[data-focus]")?.focus();
// Bootstrap's own script is fetched only by a page that uses one of its parts.
if (document.querySelector("[data-bs-toggle]")) import("./vendor/bootstrap@5.3.9/bootstrap.bundle.min.js");
