// Boxes that go together: all rows of a list, a row or a column of the half-day grid.
const named = (form, name) => [...form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]:not(:disabled)`)];

export function tickAll(all) {
  named(all.form, all.dataset.selectAll).forEach((box) => { box.checked = all.checked; });
  countSelected(all);
}

export function countSelected(box) {
  const form = box.form;
  const name = box.dataset.selectAll ?? box.name;
  const all = form?.querySelector(`[data-select-all="${CSS.escape(name)}"]`);
  if (!all) return;
  const boxes = named(form, name);
  const count = boxes.filter((one) => one.checked).length;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  for (const place of form.querySelectorAll(`[data-selected-count="${CSS.escape(name)}"]`)) place.textContent = count;
  for (const button of form.querySelectorAll(`[data-bulk="${CSS.escape(name)}"] button[type=submit]`)) button.disabled = count === 0;
}

export function tickHalfDays(event) {
  const button = event.target.closest("[data-tick-row], [data-tick-column]");
  if (!button) return;
  const { tickRow, tickColumn } = button.dataset;
  const boxes = [...button.closest("[data-half-days]").querySelectorAll("input")].filter((box) => {
    const bit = Number(box.value);
    return tickRow === undefined ? bit % 3 === Number(tickColumn) : Math.floor(bit / 3) === Number(tickRow);
  });
  const tick = boxes.some((box) => !box.checked);
  boxes.forEach((box) => { box.checked = tick; });
}
