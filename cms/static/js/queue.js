/* The queue: one box chooses all on the page; how many are chosen stays in sight, with the way to decide on them; j and k (declared as shortcuts.js has it) go over the rows, x chooses one. */
"use strict";
{
  const all = document.querySelector("[data-choose=all]");
  const boxes = Array.from(document.querySelectorAll(".list input[name=row]"));
  if (all) {
    const bar = document.querySelector("[data-chosen]");
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      bar.hidden = chosen === 0;
      bar.querySelector("output").textContent = chosen ? `${chosen} chosen` : "";
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    all.closest("label").hidden = false;
    all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); tell(); });
    boxes.forEach((box) => box.addEventListener("change", tell));
    tell();
  }

  const links = Array.from(document.querySelectorAll(".list tbody th a"));
  const row = () => document.activeElement.closest(".list tbody tr");
  const step = (by) => {
    const at = links.indexOf(row()?.querySelector("th a"));
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
    links[next]?.focus();
  };
  const keys = [["j", "Next row", () => step(1)], ["k", "Row before", () => step(-1)]];
  if (boxes.length) keys.push(["x", "Choose this row", () => row()?.querySelector("input[name=row]").click()]);

  /* Out of sight and out of the tab order: they are pressed by their keys. */
  if (links.length) {
    for (const [key, label, act] of keys) {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, tabIndex: -1, className: "by-key" });
      Object.assign(made.dataset, { shortcut: key, shortcutLabel: label });
      made.addEventListener("click", act);
      document.querySelector(".list").before(made);
    }
  }
}
