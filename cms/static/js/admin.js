/* Nothing typed is lost by a click, and the keyboard saves. */
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
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === "s") {
        event.preventDefault();
        const save = form.querySelector("[name=_continue]") || form.querySelector("[name=_save]");
        if (save) form.requestSubmit(save);
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      const search = document.getElementById("searchbar");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

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
  name();
  columns();
  new MutationObserver(() => { name(); columns(); }).observe(document.body, { childList: true, subtree: true });
}
