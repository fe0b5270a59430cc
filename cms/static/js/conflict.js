/* Two changes to the same text: the buttons that put one side, or the merge, into the form. */
"use strict";
{
  const section = document.getElementById("conflict");
  const source = document.getElementById("conflict-values");
  if (section && source) {
    const values = JSON.parse(source.textContent);
    const form = section.closest("form");
    const jquery = () => window.django && window.django.jQuery;
    const tell = (control, kind) => {
      control.dispatchEvent(new Event(kind, { bubbles: true }));
      if (jquery() && kind === "change") jquery()(control).trigger("change");
    };

    const choose = (select, pairs) => {
      for (const [value, words] of pairs) {
        if (![...select.options].some((option) => option.value === value)) select.add(new Option(words, value));
      }
      const chosen = new Set(pairs.map(([value]) => value));
      for (const option of select.options) option.selected = chosen.has(option.value);
      tell(select, "change");
    };

    const putBody = (html) => {
      const area = form.elements.body;
      const editor = articleForm.editor();
      if (editor) editor.commands.setContent(html, { emitUpdate: true });
      area.value = html;
      tell(area, "input");
    };

    const putImages = (rows) => {
      const group = document.getElementById("images-group");
      const control = (number, field) => form.elements[`images-${number}-${field}`];
      const total = () => Number(form.elements["images-TOTAL_FORMS"].value);
      while (total() < rows.length) group.querySelector(".add-row a").click();
      for (let number = 0; number < total(); number += 1) {
        const row = rows[number];
        const gone = control(number, "DELETE");
        if (gone) gone.checked = !row;
        if (!row) { if (!gone) choose(control(number, "image"), [["", ""]]); continue; }
        choose(control(number, "image"), [[row[0], row[1]]]);
        control(number, "caption").value = row[2];
        if (control(number, "ORDER")) control(number, "ORDER").value = number + 1;
      }
      tell(form.elements["images-TOTAL_FORMS"], "change");
    };

    const put = (part, value) => {
      if (part === "body") putBody(value);
      else if (part === "topics") choose(form.elements.topics, value);
      else if (part === "images") putImages(value);
      else {
        form.elements[part].value = value;
        tell(form.elements[part], "input");
      }
    };

    for (const choices of section.querySelectorAll(".choices")) choices.hidden = false;
    section.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-part]");
      if (!button) return;
      const { part, side } = button.dataset;
      put(part, values[part][side]);
      for (const other of button.parentElement.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
      const label = section.querySelector(`#part-${part}`).firstChild.textContent.trim();
      const words = { theirs: "theirs is in the form", mine: "yours is in the form", merge: "the merge is in the form" };
      document.getElementById("conflict-told").textContent = `${label}: ${words[side]}. Nothing is saved yet.`;
    });
    document.getElementById("conflict-heading").focus();
  }
}
