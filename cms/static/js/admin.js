/* Nothing typed is lost by a click, and every control has a name. */
"use strict";
{
  const form = document.querySelector("body.change-form #content-main > form");
  if (form) {
    let changed = document.querySelector(".errornote") !== null;
    const note = (event) => { if (event.isTrusted || event.type === "change") changed = true; };
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }

  /* The editor and the searching fields are built by scripts: they take the name of the control they stand for. */
  const nameOf = (control) => {
    const label = control && control.id ? document.querySelector(`label[for="${control.id}"]`) : null;
    return (control && control.getAttribute("aria-label")) || (label && label.textContent.trim().replace(/:$/, "")) || "Search";
  };
  const name = () => {
    for (const box of document.querySelectorAll(".select2-selection:not([aria-label])")) {
      const shown = box.getAttribute("aria-labelledby");
      box.setAttribute("aria-label", nameOf(box.closest(".select2-container").previousElementSibling));
      if (shown) {
        box.id = `${shown}-box`;
        box.setAttribute("aria-labelledby", `${box.id} ${shown}`);
      }
    }
    for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
      const container = field.closest(".select2-container");
      field.setAttribute("aria-label", nameOf(container && container.previousElementSibling));
    }
    for (const list of document.querySelectorAll("ul.select2-selection__rendered:not([role])")) list.setAttribute("role", "presentation");
    for (const text of document.querySelectorAll(".tiptap:not([aria-label])")) text.setAttribute("aria-label", nameOf(text.closest(".prose-editor").querySelector("textarea")));
  };
  const columns = () => {
    for (const field of document.querySelectorAll("td.delete input:not([aria-label])")) field.setAttribute("aria-label", "Delete");
    for (const field of document.querySelectorAll("td.field-ORDER input:not([aria-label])")) field.setAttribute("aria-label", "Order");
    for (const text of document.querySelectorAll("span.select2-selection__rendered:not([aria-label])")) {
      text.setAttribute("aria-label", nameOf(text.closest(".select2-container").previousElementSibling));
    }
  };
  /* The buttons over a text are one stop of Tab, and arrow keys lead from one to the next, as in ARIA's pattern of a toolbar. */
  const BUTTON = ".prose-menubar__button";
  const toolbars = () => {
    for (const bar of document.querySelectorAll(".prose-menubar:not([role])")) {
      const all = () => [...bar.querySelectorAll(BUTTON)];
      const seen = () => all().filter((button) => button.checkVisibility());
      const stopAt = (button) => { for (const each of all()) each.tabIndex = each === button ? 0 : -1; };
      if (!all().length) continue;
      bar.setAttribute("role", "toolbar");
      bar.setAttribute("aria-label", "Formatting");
      stopAt(all()[0]);
      bar.addEventListener("focusin", (event) => { if (event.target.matches(BUTTON)) stopAt(event.target); });
      // Back to the first, which is always there: others come and go with the place in the text.
      bar.addEventListener("focusout", (event) => { if (!bar.contains(event.relatedTarget)) stopAt(all()[0]); });
      bar.addEventListener("keydown", (event) => {
        const buttons = seen();
        const at = buttons.indexOf(event.target);
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
        if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        buttons[(to + buttons.length) % buttons.length].focus();
      });
    }
  };
  /* Whoever adds a row goes on in it; once select2 has built its first control. */
  document.addEventListener("formset:added", (event) => {
    const row = event.target;
    if (!document.activeElement.closest(".add-row")) return;
    setTimeout(() => {
      const controls = row.querySelectorAll("input:not([type=hidden]), textarea, select:not(.select2-hidden-accessible), .select2-selection");
      const first = [...controls].find((control) => control.checkVisibility());
      if (first) first.focus();
    });
  });

  const look = () => { name(); columns(); toolbars(); };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
