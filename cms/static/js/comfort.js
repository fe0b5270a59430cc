/* Under the text: how long it is, as it is typed, and what a reader may stumble over; beside it, where its links lead. */
"use strict";
{
  const part = document.getElementById("comfort");
  const body = document.getElementById("id_body");
  const form = body && body.form;

  if (part && form) {
    const PAUSE = 1500;  // milliseconds without typing, after which the text is looked at
    const WORDS_A_MINUTE = 238;  // as articles/body/length.py
    // The white space of Python's str.split, by which the site counts words.
    const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
    const length = document.getElementById("comfort-length");
    const list = document.getElementById("comfort-hints");
    const said = document.getElementById("comfort-said");
    const row = document.querySelector(".form-row.field-body");
    if (row) row.append(part);
    part.hidden = false;

    const text = () => {
      const editor = articleForm.editor();
      if (editor) return editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n\n", "\n");
      return body.value.replace(/<[^<>]*>/g, " ");
    };
    const tell = (words, minutes) => {
      const long = words === 0 ? "" : `, ${minutes} minute${minutes === 1 ? "" : "s"} to read`;
      length.textContent = `${words} word${words === 1 ? "" : "s"}${long}`;
    };
    const count = () => {
      const words = text().split(SPACE).filter(Boolean).length;
      tell(words, Math.max(1, Math.round(words / WORDS_A_MINUTE)));
    };

    /* The words a hint is about, in the text. */
    const find = (words) => {
      const editor = articleForm.editor();
      const wanted = words.replace(/…$/, "");
      let found = null;
      if (editor) editor.state.doc.descendants((node, place) => {
        if (found || !node.isTextblock) return !found;
        const at = node.textBetween(0, node.content.size, " ", " ").toLowerCase().indexOf(wanted.toLowerCase());
        if (at >= 0) found = { from: place + 1 + at, to: place + 1 + at + wanted.length };
        return false;
      });
      if (found) editor.chain().focus().setTextSelection(found).scrollIntoView().run();
    };
    const show = (report) => {
      tell(report.words, report.minutes);
      const before = list.children.length;
      list.replaceChildren(...report.hints.map((hint) => {
        const item = document.createElement("li");
        item.append(`${hint.message} `);
        if (hint.text && ["heading", "link", "paragraph", "capitals"].includes(hint.kind)) {
          const button = Object.assign(document.createElement("button"), { type: "button", textContent: hint.text });
          button.addEventListener("click", () => find(hint.text));
          item.append(button);
        } else if (hint.text) {
          item.append(Object.assign(document.createElement("q"), { textContent: hint.text }));
        }
        return item;
      }));
      const now = report.hints.length;
      if (now !== before) said.textContent = now === 0 ? "No hints on the text." : `${now} hint${now === 1 ? "" : "s"} on the text.`;
    };

    let waiting = 0;
    let asked = "";
    const ask = async () => {
      const sent = new FormData();
      for (const name of ["body", "headline", "language"]) sent.append(name, form.elements[name] ? form.elements[name].value : "");
      for (const image of form.querySelectorAll("[name^=images-][name$=-image]")) {
        if (!image.value || image.name.includes("__prefix__")) continue;
        const caption = form.elements[image.name.replace(/-image$/, "-caption")];
        sent.append("image", image.value);
        sent.append("caption", caption ? caption.value : "");
      }
      const now = JSON.stringify([...sent]);
      if (now === asked) return;
      sent.append("csrfmiddlewaretoken", articleForm.token());
      try {
        const answer = await fetch(part.dataset.address, { method: "POST", body: sent, redirect: "error" });
        if (!answer.ok) return;
        asked = now;
        show(await answer.json());
      } catch { /* without a connection there are no hints, and the count goes on */ }
    };
    const later = () => {
      count();
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    count();
    body.addEventListener("prose-editor:ready", later);
    later();
  }

  /* The links of the text as it stands in the form, saved or not. */
  const check = document.getElementById("link-check");
  if (check) {
    const place = document.getElementById("links-found");
    check.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = check.querySelector("button");
      const sent = new FormData(check);
      sent.append("piece", "1");
      sent.set("csrfmiddlewaretoken", articleForm.token());
      if (body) sent.append("body", body.value);
      button.setAttribute("aria-disabled", "true");
      place.textContent = "The links are being asked …";
      try {
        const answer = await fetch(check.action, { method: "POST", body: sent, redirect: "error" });
        if (!answer.ok) throw new Error(String(answer.status));
        place.innerHTML = await answer.text();
      } catch {
        place.textContent = "The links could not be checked: the site did not answer. Try again.";
      }
      button.removeAttribute("aria-disabled");
    });
  }
}
