/* The form of an image: the chosen file is shown before it is sent, and the focal point is set on it. */
"use strict";
{
  const CARD = 1200 / 630;
  const panel = document.querySelector(".focusing");
  const across = document.getElementById("id_focus_x");
  const down = document.getElementById("id_focus_y");
  if (panel && across && down) {
    const button = panel.querySelector(".focus");
    const seen = panel.querySelector(".seen");
    const cross = panel.querySelector(".cross");
    const cut = panel.querySelector(".cut");
    const said = panel.querySelector(".said");
    const chosen = document.getElementById("id_file");
    let picture = seen.tagName === "IMG" ? seen : null;

    const within = (value) => Math.min(100, Math.max(0, Math.round(Number(value)) || 0));
    const sizeOf = (source) => [source.naturalWidth || source.width, source.naturalHeight || source.height];

    const draw = () => {
      const [x, y] = [within(across.value), within(down.value)];
      cross.hidden = !picture;
      cross.style.left = `${x}%`;
      cross.style.top = `${y}%`;
      button.setAttribute("aria-label", `Focal point: ${x} per cent from the left, ${y} from the top`);
      const [width, height] = picture ? sizeOf(picture) : [0, 0];
      if (!width) return;
      const wide = Math.min(width, height * CARD);
      const high = wide / CARD;
      const left = Math.min(Math.max(width * x / 100 - wide / 2, 0), width - wide);
      const top = Math.min(Math.max(height * y / 100 - high / 2, 0), height - high);
      cut.width = 480;
      cut.height = Math.round(480 / CARD);
      cut.getContext("2d").drawImage(picture, left, top, wide, high, 0, 0, cut.width, cut.height);
    };
    const set = (x, y) => {
      across.value = within(x);
      down.value = within(y);
      across.dispatchEvent(new Event("change", { bubbles: true }));
      said.textContent = `${across.value} per cent from the left, ${down.value} from the top.`;
      draw();
    };

    button.addEventListener("click", (event) => {
      if (event.detail === 0) return; // pressed by the keyboard: there is no point
      const place = seen.getBoundingClientRect();
      set((event.clientX - place.left) / place.width * 100, (event.clientY - place.top) / place.height * 100);
    });
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    button.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const by = event.shiftKey ? 10 : 1;
      set(within(across.value) + step[0] * by, within(down.value) + step[1] * by);
    });
    for (const field of [across, down]) field.addEventListener("input", draw);

    /* Drawn, not linked: the policy of the page lets in no address that a script makes. */
    const show = async () => {
      const file = chosen.files[0];
      panel.hidden = true;
      picture = null;
      if (!file) return;
      try {
        picture = await createImageBitmap(file);
      } catch {
        return; // no picture that this browser reads; the server says what is wrong with it
      }
      const scale = Math.min(1, 1200 / picture.width);
      seen.width = Math.max(1, Math.round(picture.width * scale));
      seen.height = Math.max(1, Math.round(picture.height * scale));
      seen.getContext("2d").drawImage(picture, 0, 0, seen.width, seen.height);
      panel.hidden = false;
      draw();
    };
    /* Asked before the file is sent: a form that comes back has lost it. */
    const ask = (event) => {
      if (event.submitter && event.submitter.formNoValidate) return;
      let first = null;
      for (const field of chosen.form.querySelectorAll("[data-missing]")) {
        const row = field.closest(".form-row");
        const old = row.querySelector(".errorlist.asked");
        if (old) old.remove();
        if (field.value.trim()) continue;
        first = first || field;
        if (row.querySelector(".errorlist")) continue;
        const list = document.createElement("ul");
        list.className = "errorlist asked";
        list.id = `${field.id}_asked`;
        const sentence = document.createElement("li");
        sentence.textContent = field.dataset.missing;
        list.append(sentence);
        row.prepend(list);
        field.setAttribute("aria-invalid", "true");
        if (!(field.getAttribute("aria-describedby") || "").includes(list.id)) {
          field.setAttribute("aria-describedby", `${list.id} ${field.getAttribute("aria-describedby") || ""}`.trim());
        }
      }
      if (first) {
        event.preventDefault();
        first.focus();
      }
    };

    if (chosen) {
      chosen.addEventListener("change", show);
      chosen.form.addEventListener("submit", (event) => { if (chosen.files.length) ask(event); });
      show();
    } else {
      seen.addEventListener("load", draw);
      draw();
    }
  }
}
