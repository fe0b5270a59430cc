/* The board by keyboard: j and k (declared as shortcuts.js has it) go over the cards; the arrows too, once one has the focus. */
"use strict";
{
  const links = () => Array.from(document.querySelectorAll(".cards h3 a"));
  const lists = () => Array.from(document.querySelectorAll(".cards"));
  const here = () => document.activeElement.closest(".card")?.querySelector("h3 a");

  const step = (by) => {
    const all = links();
    const at = all.indexOf(here());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next]?.focus();
  };
  const across = (by) => {
    const all = lists();
    const next = all[all.indexOf(here().closest(".cards")) + by];
    next?.querySelector("h3 a").focus();
  };

  /* Out of sight and out of the tab order: they are pressed by their keys. */
  const button = (key, label, by) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, tabIndex: -1, className: "by-key" });
    Object.assign(made.dataset, { shortcut: key, shortcutLabel: label });
    made.addEventListener("click", () => step(by));
    return made;
  };
  document.querySelector(".shortcuts").append(button("j", "Next card (or ↓ on a card)", 1), button("k", "Card before (or ↑)", -1));

  const onCards = { ArrowDown: () => step(1), ArrowUp: () => step(-1), ArrowRight: () => across(1), ArrowLeft: () => across(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !here()) return;
    const act = onCards[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
