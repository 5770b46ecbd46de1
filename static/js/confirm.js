// A form, or one of its buttons, with data-confirm="…" is sent only after the question is answered with yes.
const agreed = new WeakSet();

export function askFirst(event) {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.getElementById("confirm");
  const submitter = event.submitter;
  dialog.querySelector("#confirm-text").textContent = question;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return submitter?.focus();
    agreed.add(form);
    form.requestSubmit(submitter);
  }, { once: true });
  dialog.showModal();
}
