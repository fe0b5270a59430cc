/* Pickers: an actor or an assertion is searched for, and put into the text as a link, at the place of the cursor. */
"use strict";
{
  const template = document.getElementById("picker-template");
  const buttons = document.querySelectorAll("[data-pick]");
  if (template && buttons.length) {
    const PAUSE = 200;  // milliseconds without typing, after which is searched
    // Outside of the form: what is typed here is not a part of the article.
    document.body.append(template.content.cloneNode(true));
    const dialog = document.querySelector("dialog.picker");
    const heading = dialog.querySelector("h2");
    const label = dialog.querySelector("label");
    const search = dialog.querySelector("#picker-search");
    const list = dialog.querySelector("#picker-found");
    const said = dialog.querySelector("#picker-said");
    const words = dialog.querySelector("#picker-words");
    let address = "";
    let editor = null;
    let results = [];
    let active = -1;
    let chosen = null;
    let waiting = 0;
    let asked = 0;

    const mark = (index) => {
      active = index;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      if (index < 0) { search.removeAttribute("aria-activedescendant"); return; }
      search.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    };
    const choose = (index) => {
      chosen = results[index];
      if (!chosen) return;
      mark(index);
      if (!words.dataset.selected) words.value = chosen.words;
      said.textContent = chosen.address ? `It leads to ${chosen.address}.` : "Readers do not see it: only the words are put in, without a link.";
      words.focus();
      words.select();
    };
    const show = (found) => {
      results = found;
      list.replaceChildren(...found.map((row, index) => {
        const option = document.createElement("li");
        option.id = `picker-option-${index}`;
        option.setAttribute("role", "option");
        option.append(row.words, " ", Object.assign(document.createElement("span"), { className: "quiet", textContent: row.detail + (row.address ? "" : ", not public") }));
        option.addEventListener("click", () => choose(index));
        return option;
      }));
      search.setAttribute("aria-expanded", String(found.length > 0));
      mark(found.length ? 0 : -1);
      said.textContent = found.length ? `${found.length} found.` : "Nothing found.";
    };
    const look = async () => {
      const turn = ++asked;
      const query = search.value.trim();
      if (!query) { show([]); said.textContent = ""; return; }
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(query)}`, { redirect: "error" });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = (await answer.json()).results;
        if (turn === asked) show(found);
      } catch {
        if (turn === asked) said.textContent = "The search did not answer. Try again.";
      }
    };
    search.addEventListener("input", () => {
      chosen = null;
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    });
    search.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = results.length - 1;
      if (event.key === "ArrowDown" && results.length) mark(active >= last ? 0 : active + 1);
      else if (event.key === "ArrowUp" && results.length) mark(active <= 0 ? last : active - 1);
      else if (event.key === "Enter") choose(active);
      else return;
      event.preventDefault();
    });

    const insert = () => {
      const text = words.value.trim();
      if (!chosen || !text || !editor) {
        said.textContent = chosen ? "The words are missing." : "Choose one of the list first.";
        return;
      }
      const { from, to } = editor.state.selection;
      const marks = chosen.address ? [{ type: "link", attrs: { href: chosen.address } }] : [];
      dialog.close();
      editor.chain().insertContentAt({ from, to }, { type: "text", text, marks }).unsetMark("link").focus().run();
    };
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); insert(); }
    });
    dialog.querySelector("[value=insert]").addEventListener("click", insert);
    dialog.querySelector("[value=cancel]").addEventListener("click", () => dialog.close());

    for (const button of buttons) {
      button.addEventListener("click", () => {
        editor = articleForm.editor();
        if (!editor) return;
        const { from, to } = editor.state.selection;
        const selected = editor.state.doc.textBetween(from, to, " ");
        address = button.dataset.pick;
        heading.textContent = button.dataset.heading;
        label.textContent = button.dataset.label;
        chosen = null;
        search.value = words.value = selected;
        words.dataset.selected = selected;
        show([]);
        said.textContent = "";
        dialog.showModal();
        search.focus();
        search.select();
        if (selected) look();
      });
    }
  }
}
