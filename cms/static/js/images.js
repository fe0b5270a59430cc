/* The images of an article's form: each row shows what is chosen in it, and moves up and down. */
"use strict";
{
  const group = document.getElementById("images-group");
  if (group) {
    const body = group.querySelector("tbody");
    const said = group.querySelector(".said");
    const card = group.dataset.card; // the address with 0 in place of the image's number
    const rows = () => [...body.querySelectorAll("tr.form-row:not(.empty-form)")];
    const control = (row, name) => row.querySelector(`.field-${name} select, .field-${name} input`);
    const plain = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();

    const judge = (row) => {
      const alt = plain(row.querySelector(".chosen .alt").textContent);
      row.querySelector(".repeats").hidden = !alt || alt !== plain(control(row, "caption").value);
    };

    const show = async (row) => {
      const key = control(row, "image").value;
      const shown = row.querySelector(".chosen");
      shown.hidden = !key;
      if (!key) return;
      const answer = await fetch(card.replace("/0/", `/${encodeURIComponent(key)}/`));
      if (!answer.ok || control(row, "image").value !== key) return;
      const image = await answer.json();
      shown.querySelector("img").src = image.src;
      shown.querySelector(".alt").textContent = image.alt;
      shown.querySelector(".credit").textContent = image.credit;
      judge(row);
    };

    const number = () => {
      rows().filter((row) => control(row, "image").value)
        .forEach((row, index) => { control(row, "ORDER").value = index + 1; });
    };

    const move = (row, by) => {
      const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!other || !rows().includes(other)) {
        said.textContent = by < 0 ? "It is the first already." : "It is the last already.";
        return;
      }
      if (by < 0) other.before(row); else other.after(row);
      number();
      control(row, "ORDER").dispatchEvent(new Event("change", { bubbles: true }));
      said.textContent = `Moved to place ${rows().indexOf(row) + 1} of ${rows().length}.`;
    };

    const prepare = (row) => {
      const cell = row.querySelector(".field-ORDER");
      if (cell.querySelector(".move")) return;
      for (const [by, sign, words] of [[-1, "↑", "Move up"], [1, "↓", "Move down"]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "move";
        button.textContent = sign;
        button.setAttribute("aria-label", words);
        button.addEventListener("click", () => { move(row, by); button.focus(); });
        cell.append(button);
      }
      judge(row);
      control(row, "caption").addEventListener("input", () => judge(row));
    };

    for (const row of rows()) prepare(row);
    document.addEventListener("formset:added", (event) => {
      if (event.detail.formsetName === "images") prepare(event.target);
    });

    /* select2 tells of its changes by jQuery only. */
    const $ = django.jQuery;
    $(group).on("change", ".field-image select", (event) => show(event.target.closest("tr")));
    $(group).on("select2:opening", ".field-image select", (event) => {
      $(event.target).data("select2").options.set("templateResult", (found) => {
        if (!found.id) return found.text;
        const row = document.createElement("span");
        row.className = "found-image";
        const image = document.createElement("img");
        image.src = card.replace("/0/card/", `/${encodeURIComponent(found.id)}/thumbnail/`);
        image.alt = "";
        const words = document.createElement("span");
        words.textContent = found.text;
        row.append(image, words);
        return row;
      });
    });
  }
}
